package io.nephio.recovery.plan;

import io.nephio.recovery.facts.Elapsed;
import io.nephio.recovery.judge.Finding;
import io.nephio.recovery.judge.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Why a finding is taken for a part of an incident, in words that a person can check. */
final class Fold {
  private final Incident incident;
  private final Finding root;
  private final Map<String, Instant> nodes = new HashMap<>();
  private final Optional<Finding> gate;

  Fold(Incident incident) {
    this.incident = incident;
    this.root = incident.root();
    this.gate = incident.symptoms().stream().filter(f -> f.reason().gates()).findFirst();
    for (Finding finding : incident.findings()) {
      if (!suffers(finding)) {
        finding.nodes().forEach(n -> nodes.merge(n, finding.since(), Fold::earlier));
      }
    }
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  String because(Finding part) {
    if (root.reason().gates()) {
      return "nothing under it is judged while " + root.reason() + " lasts";
    }
    if (part.reason() == Reason.ControlPlaneUnhealthy) {
      return "the control plane that " + root.object() + " is a member of";
    }
    if (part.object().equals(root.object())) {
      return "the same " + root.object().kind();
    }
    return explained(part)
        .or(() -> gate.map(f -> "nothing under it is judged while " + f.reason() + " lasts"))
        .orElseGet(
            () ->
                suffers(part)
                    ? "finds no place while " + root.object() + " fails"
                    : "one of "
                        + (incident.symptoms().size() + 1)
                        + " together with "
                        + root.object());
  }

  private Optional<String> explained(Finding part) {
    if (suffers(part)) {
      return node(part).or(() -> owner(part));
    }
    if (part.reason() == Reason.NodeNetworkUnavailable
        && root.reason() == Reason.NodeNetworkUnavailable) {
      return Optional.of("without network as well, so the Node is not the cause");
    }
    return incident
        .machine()
        .filter(
            m ->
                m.ref().equals(part.object())
                    || m.node().filter(part.nodes()::contains).isPresent())
        .map(m -> "the same as " + m.ref());
  }

  private static boolean suffers(Finding part) {
    return part.reason().ofPod() || part.reason() == Reason.WorkloadStalled;
  }

  /** On which failing Node, and that it began after it. */
  private Optional<String> node(Finding part) {
    return part.nodes().stream()
        .filter(n -> !n.isEmpty() && nodes.containsKey(n))
        .findFirst()
        .map(n -> on(n, nodes.getOrDefault(n, part.since()), part));
  }

  private static String on(String node, Instant began, Finding part) {
    Duration after = Duration.between(began, part.since());
    return "on Node "
        + node
        + (after.compareTo(Duration.ofMinutes(1)) < 0
            ? ", began together with it"
            : ", began " + Elapsed.text(after) + " after it");
  }

  private Optional<String> owner(Finding part) {
    return part.owner()
        .filter(o -> root.owner().filter(o::equals).isPresent())
        .map(o -> "of the same " + o.kind() + " " + o.name());
  }
}
