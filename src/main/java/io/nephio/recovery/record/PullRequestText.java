package io.nephio.recovery.record;

import static io.nephio.recovery.record.Markdown.code;
import static io.nephio.recovery.record.Markdown.minute;
import static io.nephio.recovery.record.Markdown.plain;

import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.facts.Elapsed;
import io.nephio.recovery.plan.Identity;
import io.nephio.recovery.plan.Policy;
import java.time.Duration;
import java.util.Objects;

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
        + "): replace "
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
    return "**Merging replaces one worker Machine of cluster "
        + code(spec.cluster().name())
        + ". Closing leaves it as it is for "
        + policy.spec().rejectionSnooze().text()
        + ".**\n\n";
  }

  private static String act(RemediationSpec spec, Policy policy) {
    RemediationSpec.MachineRef machine = Objects.requireNonNull(spec.machine());
    String maker =
        spec.owner() == null
            ? "its controller"
            : spec.owner().kind() + " " + code(spec.owner().name());
    boolean node = spec.target().kind().equals("Node");
    return "| | |\n|---|---|\n"
        + row(
            "Target",
            "Machine "
                + code(machine.namespace() + "/" + machine.name())
                + " (uid "
                + code(machine.uid())
                + ")"
                + (node ? ", Node " + code(spec.target().name()) : ""))
        + row(
            "Act",
            (node ? "cordon the Node, then " : "")
                + "delete this Machine; "
                + maker
                + " makes a new one")
        + row("Undo", "none once the deletion has begun")
        + row(
            "Valid until",
            minute(spec.expiresAt()) + "; checked again after the merge, right before acting")
        + row(
            "Attempt",
            spec.attempt()
                + "; at most "
                + policy.spec().retryBudget()
                + " replacements here in "
                + policy.spec().retryWindow().text())
        + "\n";
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
    return "### Checked before proposing\n"
        + "| check | result |\n|---|---|\n"
        + row("Breaker", plain(spec.why()))
        + row("Machine paused, skipped or being deleted", "no")
        + row("Control plane quorum", "not touched (worker)")
        + row("MachineHealthCheck, rollout, disruption budgets", "not looked at by this version")
        + "\n";
  }

  private static String next(Identity id, RemediationSpec spec) {
    return "### After the merge\n"
        + "1. within 20 s the operator reads "
        + code(id.path())
        + " at the merge commit and repeats the checks;\n"
        + "2. it acts on the Machine of this uid within "
        + spec.executeWithin().text()
        + ", or does nothing and says why here;\n"
        + "3. done when the new Machine's Node has been Ready for "
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
        + "; any other change of the record is refused\n\n";
  }

  private static String row(String name, String value) {
    return "| " + name + " | " + value + " |\n";
  }
}
