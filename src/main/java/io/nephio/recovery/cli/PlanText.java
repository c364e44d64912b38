package io.nephio.recovery.cli;

import io.nephio.recovery.facts.ClusterRef;
import io.nephio.recovery.facts.Elapsed;
import io.nephio.recovery.judge.Finding;
import io.nephio.recovery.plan.ClusterState;
import io.nephio.recovery.plan.Decision;
import io.nephio.recovery.plan.Plan;
import io.nephio.recovery.plan.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The plan for a person on call: what is wrong, what is proposed, what is not and why. */
final class PlanText {
  private static final int SHOWN = 3;

  private final Instant at;
  private final StringBuilder out = new StringBuilder();

  private PlanText(Instant at) {
    this.at = at;
  }

  /**
   * All plans as one text.
   *
   * @param without clusters that no policy covers
   */
  static String text(Instant at, List<Planned> plans, List<ClusterRef> without) {
    PlanText text = new PlanText(at);
    text.summary(plans);
    for (Planned planned : plans) {
      planned.plan().clusters().forEach(c -> text.cluster(c, planned));
    }
    without.forEach(c -> text.line(c + "  covered by no policy, so nothing is judged"));
    plans.stream()
        .map(p -> p.plan().next())
        .min(Comparator.comparing(Plan.Next::in))
        .ifPresent(
            n -> text.line("\nNext look in " + Elapsed.text(n.in()) + " (" + n.reason() + ")"));
    return text.out.toString();
  }

  private void summary(List<Planned> plans) {
    long clusters = plans.stream().mapToLong(p -> p.plan().clusters().size()).sum();
    line(
        "At %s: %d %s; %d to propose, %d to wait for, %d for a person\n"
            .formatted(
                at,
                clusters,
                clusters == 1 ? "cluster" : "clusters",
                count(plans, Decision.Propose.class::isInstance),
                count(plans, Decision.Defer.class::isInstance),
                count(plans, Decision.Manual.class::isInstance)));
  }

  private static long count(List<Planned> plans, Predicate<Decision> which) {
    return plans.stream().flatMap(p -> p.plan().decisions().stream()).filter(which).count();
  }

  private void cluster(ClusterState cluster, Planned planned) {
    line(cluster.cluster() + "  " + cluster.state());
    planned.plan().decisions().stream()
        .filter(d -> d.incident().root().cluster().equals(cluster.cluster()))
        .forEach(d -> decision(d, planned));
    planned.plan().findings().stream()
        .filter(v -> !v.due() && v.symptomOf().isEmpty())
        .filter(v -> v.finding().cluster().equals(cluster.cluster()))
        .forEach(this::pending);
  }

  private void decision(Decision decision, Planned planned) {
    Finding root = decision.incident().root();
    String age = Elapsed.text(Duration.between(root.since(), at));
    line("  " + root.reason() + "  " + root.object() + ", for " + age + ": " + root.message());
    List<Finding> symptoms = decision.incident().symptoms();
    if (!symptoms.isEmpty()) {
      line("    with it " + shortly(symptoms));
    }
    line("    " + verb(decision) + ": " + decision.why());
    if (decision instanceof Decision.Propose p) {
      line("    branch " + p.id().branch() + " in " + planned.draft(p).repository());
    }
  }

  private static String verb(Decision decision) {
    if (decision instanceof Decision.Propose) {
      return "propose " + decision.act().action();
    }
    return decision instanceof Decision.Defer
        ? "not now " + decision.act().action()
        : "for a person";
  }

  private static String shortly(List<Finding> symptoms) {
    String shown =
        symptoms.stream()
            .limit(SHOWN)
            .map(f -> f.reason() + " " + f.object())
            .collect(Collectors.joining(", "));
    int more = symptoms.size() - SHOWN;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }

  private void pending(Verdict verdict) {
    Finding f = verdict.finding();
    String rest = Elapsed.text(Duration.between(at, f.due()));
    line("  " + f.reason() + "  " + f.object() + ", not yet: counts as failing in " + rest);
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
