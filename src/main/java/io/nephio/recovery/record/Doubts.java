package io.nephio.recovery.record;

import static io.nephio.recovery.record.Markdown.plain;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationSpec.Evidence;
import io.nephio.recovery.plan.Ledger;
import io.nephio.recovery.plan.LedgerEntry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why the act may well not help, though the rules allow it. Each sentence is a rule's own; where
 * none of them speaks nothing is said.
 */
final class Doubts {
  private Doubts() {}

  static String text(
      RemediationSpec spec, List<Evidence> evidence, Ledger ledger, String repository) {
    if (spec.action() != Action.RestartRollout && spec.action() != Action.DeletePod) {
      return "";
    }
    String doubts =
        Stream.of(memory(evidence), last(spec, ledger, repository))
            .flatMap(Optional::stream)
            .map(doubt -> "- " + doubt + "\n")
            .collect(Collectors.joining());
    String what = spec.action() == Action.DeletePod ? "A new pod" : "A restart";
    return doubts.isEmpty() ? "" : "### " + what + " may not help\n" + doubts + "\n";
  }

  /** Whatever is started again starts under the same limit. */
  private static Optional<String> memory(List<Evidence> evidence) {
    List<Evidence> killed =
        evidence.stream().filter(seen -> seen.reason().equals("OOMKilled")).toList();
    if (killed.isEmpty()) {
      return Optional.empty();
    }
    String more = killed.size() > 1 ? " and " + (killed.size() - 1) + " more" : "";
    return Optional.of(
        plain(killed.get(0).object())
            + more
            + " ended as OOMKilled ("
            + plain(killed.get(0).condition())
            + "): what starts again has the same memory limit");
  }

  private static Optional<String> last(RemediationSpec spec, Ledger ledger, String repository) {
    return Recurrence.before(spec, ledger)
        .reduce((first, second) -> second)
        .filter(e -> e.status().phase() == Phase.Failed && e.spec().action() == spec.action())
        .map(e -> "the last time (" + name(e, repository) + ") the same did not help");
  }

  private static String name(LedgerEntry entry, String repository) {
    return Recurrence.number(entry, repository).orElseGet(() -> Markdown.code(entry.name()));
  }
}
