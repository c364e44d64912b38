package io.nephio.recovery.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.judge.Finding;
import io.nephio.recovery.plan.Decision;
import io.nephio.recovery.plan.Plan;
import io.nephio.recovery.plan.Verdict;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** The plan for programs. Its fields are a contract: schemaVersion changes when they do. */
final class PlanJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PlanJson() {}

  static String text(Instant at, List<Planned> plans, Repositories repositories) {
    ObjectNode out = JSON.createObjectNode().put("schemaVersion", 1).put("at", at.toString());
    ArrayNode clusters = out.putArray("clusters");
    ArrayNode findings = out.putArray("findings");
    ArrayNode remediations = out.putArray("remediations");
    for (Planned planned : plans) {
      planned
          .plan()
          .clusters()
          .forEach(
              c ->
                  clusters
                      .addObject()
                      .put("name", c.cluster().name())
                      .put("namespace", c.cluster().namespace())
                      .put("state", c.state().name()));
      planned.plan().findings().forEach(v -> finding(findings.addObject(), v));
      planned
          .plan()
          .decisions()
          .forEach(d -> remediation(remediations.addObject(), d, planned, repositories));
    }
    plans.stream()
        .map(p -> p.plan().next())
        .min(Comparator.comparing(Plan.Next::in))
        .ifPresent(n -> out.put("nextCheck", n.in().toString()).put("nextCheckFor", n.reason()));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(out) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values can always be written", e);
    }
  }

  private static void finding(ObjectNode node, Verdict verdict) {
    Finding f = verdict.finding();
    node.put("cluster", f.cluster().name())
        .put("clusterNamespace", f.cluster().namespace())
        .put("reason", f.reason().name())
        .put("state", verdict.due() ? "Due" : "Pending")
        .put("kind", f.object().kind())
        .put("namespace", f.object().namespace())
        .put("name", f.object().name())
        .put("since", f.since().toString())
        .put("due", f.due().toString())
        .put("symptomOf", verdict.symptomOf().orElse(null))
        .put("message", message(verdict));
  }

  private static String message(Verdict verdict) {
    String message = verdict.finding().message();
    return verdict.because().isEmpty() ? message : message + "; " + verdict.because();
  }

  private static void remediation(
      ObjectNode node, Decision decision, Planned planned, Repositories repositories) {
    Finding root = decision.incident().root();
    ObjectRef target = decision.act().target();
    node.put("name", decision.id().name())
        .put("cluster", root.cluster().name())
        .put("clusterNamespace", root.cluster().namespace())
        .put("action", decision.act().action().name())
        .put("decision", decision.getClass().getSimpleName())
        .put("why", decision.why())
        .put("attempt", decision.id().attempt());
    node.putObject("target")
        .put("apiVersion", target.apiVersion())
        .put("kind", target.kind())
        .put("namespace", target.namespace())
        .put("name", target.name())
        .put("uid", target.uid());
    node.put("reason", root.reason().name());
    node.put(
        "repository",
        decision instanceof Decision.Propose p
            ? planned.draft(p).repository()
            : planned.policy().spec().repository());
    if (decision instanceof Decision.Propose proposal) {
      node.put("branch", proposal.id().branch());
      ArrayNode files = node.putArray("files");
      repositories
          .diffs(planned.draft(proposal))
          .forEach((path, diff) -> files.addObject().put("path", path).put("diff", diff));
    } else {
      node.putNull("branch").putArray("files");
    }
  }
}
