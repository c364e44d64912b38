package io.nephio.recovery.record;

import static io.nephio.recovery.record.Markdown.code;
import static io.nephio.recovery.record.Markdown.minute;
import static io.nephio.recovery.record.Markdown.plain;

import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.facts.Elapsed;
import io.nephio.recovery.plan.Identity;
import io.nephio.recovery.plan.Policy;
import java.time.Duration;

/**
 * The pull request's face. Every body answers the same five questions in the same order: what
 * merging and closing do, why, what was checked, what happens next, what else can be done.
 */
final class PullRequestText {
  private static final int MAX_TITLE = 120;

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
    return Markdown.cut(subject(spec) + " (" + spec.reason() + " " + age + ")", MAX_TITLE);
  }

  static String body(Identity id, RemediationSpec spec, Policy policy) {
    return lead(spec, policy)
        + act(spec, policy)
        + why(spec, policy)
        + checked(spec)
        + next(id, spec)
        + choices(policy)
        + "<!-- recovery-state:{\"v\":1,\"name\":\""
        + id.name()
        + "\",\"fingerprint\":\""
        + spec.fingerprint()
        + "\",\"attempt\":"
        + spec.attempt()
        + "} -->\n";
  }

  private static String lead(RemediationSpec spec, Policy policy) {
    return "**Merging "
        + ActText.of(spec).lead()
        + " of cluster "
        + code(spec.cluster().name())
        + ". Closing leaves it as it is for "
        + policy.spec().rejectionSnooze().text()
        + ".**\n\n";
  }

  private static String act(RemediationSpec spec, Policy policy) {
    ActText text = ActText.of(spec);
    return row("Target", target(spec))
        + "|---|---|\n"
        + row("Act", text.act())
        + row("Undo", text.undo())
        + row(
            "Valid until",
            minute(spec.expiresAt()) + "; checked again after the merge, right before acting")
        + row(
            "Attempt",
            spec.attempt()
                + "; at most "
                + policy.spec().retryBudget()
                + " "
                + text.counted()
                + " here in "
                + policy.spec().retryWindow().text())
        + "\n";
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

  private static String why(RemediationSpec spec, Policy policy) {
    StringBuilder text = new StringBuilder("### Why\n");
    text.append(
        "%s since %s (policy %s, generation %d).\n\n"
            .formatted(
                spec.reason(),
                minute(spec.failingSince()),
                code(policy.toString()),
                spec.policy().generation()));
    text.append("| object | condition | reason | since |\n|---|---|---|---|\n");
    for (RemediationSpec.Evidence seen : spec.evidence()) {
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

  private static String checked(RemediationSpec spec) {
    boolean machine = spec.machine() != null;
    return "### Checked before proposing\n"
        + "| check | result |\n|---|---|\n"
        + row("Breaker and owner", plain(spec.why()))
        + (machine
            ? row("Machine paused, skipped or being deleted", "no")
                + row(
                    "Control plane quorum",
                    ActText.member(spec.owner())
                        ? "kept, as projected; KubeadmControlPlane decides"
                        : "not touched (worker)")
                + row("MachineHealthCheck, rollout or autoscaler at it", "none seen")
            : row("Protected namespace", "no")
                + row("Owner makes a new one", spec.owner() == null ? "not needed" : "yes"))
        + "\n";
  }

  private static String next(Identity id, RemediationSpec spec) {
    String what = spec.machine() != null ? "the Machine" : "the " + spec.target().kind();
    return "### After the merge\n"
        + "1. within 20 s the operator reads "
        + code(id.path())
        + " at the merge commit and repeats the checks;\n"
        + "2. it acts on "
        + what
        + " of this uid within "
        + spec.executeWithin().text()
        + ", or does nothing and says why here;\n"
        + "3. done when "
        + ActText.of(spec).done()
        + " for "
        + spec.stabilization().text()
        + "; else it says so here and does not try again unasked.\n\n";
  }

  private static String choices(Policy policy) {
    return "### Other choices\n"
        + "- nothing now, and on the record: set "
        + code("spec.action: None")
        + " in the file, then merge\n"
        + "- not now: close; proposed again after "
        + policy.spec().rejectionSnooze().text()
        + " if still failing\n"
        + "- only earlier: set an earlier "
        + code("spec.expiresAt")
        + "; any other change of the record is refused\n"
        + "- stop everything here: set the label "
        + code("recovery/hold")
        + "\n\n";
  }

  private static String row(String name, String value) {
    return "| " + name + " | " + value + " |\n";
  }
}
