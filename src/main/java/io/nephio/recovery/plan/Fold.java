package io.nephio.recovery.plan;

import io.nephio.recovery.facts.Elapsed;
import io.nephio.recovery.judge.Finding;
import io.nephio.recovery.judge.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Why a finding is taken for a part of an incident, in words that a person can check. */
final class Fold {
  private Fold() {}

  static String because(Incident incident, Finding part) {
    Finding root = incident.root();
    if (root.reason().gates()) {
      return "nothing under it is judged while " + root.reason() + " lasts";
    }
    if (part.reason() == Reason.ControlPlaneUnhealthy) {
      return "the control plane that " + root.object() + " is a member of";
    }
    if (part.object().equals(root.object())) {
      return "the same " + root.object().kind();
    }
    return explained(incident, part)
        .or(() -> gate(incident))
        .orElseGet(
            () ->
                suffers(part)
                    ? "finds no place while " + root.object() + " fails"
                    : "one of " + incident.findings().size() + " together with " + root.object());
  }

  private static Optional<String> explained(Incident incident, Finding part) {
    if (suffers(part)) {
      return node(incident, part).or(() -> owner(incident.root(), part));
    }
    if (part.reason() == Reason.NodeNetworkUnavailable
        && incident.root().reason() == Reason.NodeNetworkUnavailable) {
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

  private static Optional<String> gate(Incident incident) {
    return incident.symptoms().stream()
        .filter(f -> f.reason().gates())
        .findFirst()
        .map(f -> "nothing under it is judged while " + f.reason() + " lasts");
  }

  private static boolean suffers(Finding part) {
    return part.reason().ofPod() || part.reason() == Reason.WorkloadStalled;
  }

  /** On which failing Node, and that it began after it. */
  private static Optional<String> node(Incident incident, Finding part) {
    return part.nodes().stream()
        .filter(n -> !n.isEmpty())
        .flatMap(n -> began(incident, n).map(at -> on(n, at, part)).stream())
        .findFirst();
  }

  private static Optional<Instant> began(Incident incident, String node) {
    List<Finding> nodes = incident.findings().stream().filter(f -> !suffers(f)).toList();
    return nodes.stream()
        .filter(f -> f.nodes().contains(node))
        .map(Finding::since)
        .min(Comparator.naturalOrder());
  }

  private static String on(String node, Instant began, Finding part) {
    Duration after = Duration.between(began, part.since());
    return "on Node "
        + node
        + (after.compareTo(Duration.ofMinutes(1)) < 0
            ? ", began together with it"
            : ", began " + Elapsed.text(after) + " after it");
  }

  private static Optional<String> owner(Finding root, Finding part) {
    return part.owner()
        .filter(o -> root.owner().filter(o::equals).isPresent())
        .map(o -> "of the same " + o.kind() + " " + o.name());
  }
}
