package io.nephio.recovery.record;

import static io.nephio.recovery.record.Markdown.code;
import static io.nephio.recovery.record.Markdown.minute;
import static io.nephio.recovery.record.Markdown.plain;
import static io.nephio.recovery.record.Markdown.row;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.Bounds;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.facts.Elapsed;
import io.nephio.recovery.plan.Identity;
import io.nephio.recovery.plan.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The pull request's face. Every body answers the same five questions in the same order: what
 * merging and closing do, why, what was checked, what happens next, what else can be done.
 */
final class PullRequestText {
  private static final int MAX_TITLE = 120;

  /** So many rows, and all five answers are on the first screen. */
  private static final int OPEN_EVIDENCE = 5;

  private PullRequestText() {}

  static String subject(RemediationSpec spec) {
    return "recovery("
        + spec.cluster().name()
        + "): "
        + ActText.of(spec).verb()
        + " "
        + spec.target().kind()
        + " "
        + spec.target().name();
  }

  static String title(RemediationSpec spec) {
    String age = Elapsed.text(Duration.between(spec.failingSince(), spec.proposedAt()));
    return Bounds.cut(subject(spec) + " (" + spec.reason() + " " + age + ")", MAX_TITLE);
  }

  static String body(Identity id, RemediationSpec spec, Policy policy, Background background) {
    List<RemediationSpec.Evidence> seen = background.seen().orElse(spec.evidence());
    String visible =
        lead(spec, policy)
            + PorchDrafts.warning(spec, background.branches())
            + act(spec, policy, background)
            + why(spec, policy, seen)
            + Doubts.text(spec, seen, background.ledger(), Drafts.place(spec, policy).repository())
            + Checks.text(spec)
            + new WhoActs(spec, background.engine()).next(id)
            + choices(spec, policy);
    return HiddenState.added(visible, id.name(), spec);
  }

  private static String lead(RemediationSpec spec, Policy policy) {
    return "**Merging "
        + ActText.of(spec).lead()
        + " of cluster "
        + code(spec.cluster().name())
        + edit(spec).map(e -> ", by a change in its package " + code(e.pkg())).orElse("")
        + ". Closing leaves it as it is for "
        + policy.spec().rejectionSnooze().text()
        + ".**\n\n";
  }

  private static String act(RemediationSpec spec, Policy policy, Background background) {
    ActText text = ActText.of(spec);
    WhoActs who = new WhoActs(spec, background.engine());
    return row("Target", target(spec))
        + "|---|---|\n"
        + row("Act", who.act())
        + change(spec)
        + row("Undo", text.undo())
        + row("Valid until", minute(spec.expiresAt()) + "; " + who.validity())
        + row(
            "Attempt",
            spec.attempt()
                + "; at most "
                + policy.spec().retryBudget()
                + " "
                + text.counted()
                + " here in "
                + policy.spec().retryWindow().text())
        + Recurrence.text(spec, background.ledger(), Drafts.place(spec, policy).repository())
            .map(t -> row("Before", t))
            .orElse("")
        + "\n";
  }

  /** What the merge changes in a package, which whatever deploys it then applies by itself. */
  static Optional<RemediationSpec.Edit> edit(RemediationSpec spec) {
    return Optional.ofNullable(spec.edit()).filter(e -> spec.action() == Action.RestartRollout);
  }

  private static String change(RemediationSpec spec) {
    return edit(spec)
        .map(
            e ->
                row(
                    "Change",
                    code(e.path())
                        + " of package "
                        + code(e.pkg())
                        + ": two annotations, nothing else"))
        .orElse("");
  }

  private static String target(RemediationSpec spec) {
    RemediationSpec.MachineRef machine = spec.machine();
    RemediationSpec.Target target = spec.target();
    if (machine == null) {
      return target.kind()
          + " "
          + code((target.namespace() == null ? "" : target.namespace() + "/") + target.name())
          + (target.uid().isEmpty() ? "" : " (uid " + code(target.uid()) + ")");
    }
    return "Machine "
        + code(machine.namespace() + "/" + machine.name())
        + " (uid "
        + code(machine.uid())
        + ")"
        + (target.kind().equals("Node") ? ", Node " + code(target.name()) : "");
  }

  private static String why(
      RemediationSpec spec, Policy policy, List<RemediationSpec.Evidence> evidence) {
    int open = Math.min(OPEN_EVIDENCE, evidence.size());
    int more = evidence.size() - open;
    return "### Why\n"
        + "%s since %s (policy %s, generation %d).\n\n"
            .formatted(
                spec.reason(),
                minute(spec.failingSince()),
                code(policy.toString()),
                spec.policy().generation())
        + table(evidence.subList(0, open))
        + (more == 0
            ? ""
            : "<details><summary>"
                + more
                + " more</summary>\n\n"
                + table(evidence.subList(open, evidence.size()))
                + "</details>\n\n");
  }

  private static String table(List<RemediationSpec.Evidence> evidence) {
    var text = new StringBuilder("| object | condition | reason | since |\n|---|---|---|---|\n");
    for (RemediationSpec.Evidence seen : evidence) {
      text.append(
          "| %s | %s | %s | %s |\n"
              .formatted(
                  plain(seen.object()),
                  plain(seen.condition()),
                  plain(seen.reason()),
                  seen.since() == null ? "" : minute(seen.since())));
    }
    return text.append('\n').toString();
  }

  private static String choices(RemediationSpec spec, Policy policy) {
    return "### Other choices\n"
        + "- nothing now, and on the record: set "
        + code("spec.action: None")
        + " in the record"
        + edit(spec).map(e -> ", take the change of " + code(e.path()) + " back").orElse("")
        + ", then merge\n"
        + "- not now: close; proposed again after "
        + policy.spec().rejectionSnooze().text()
        + " if still failing\n"
        + "- only earlier: set an earlier "
        + code("spec.expiresAt")
        + "; any other change is refused\n"
        + "- stop everything here: set the label "
        + code("recovery/hold")
        + "\n\n";
  }
}
