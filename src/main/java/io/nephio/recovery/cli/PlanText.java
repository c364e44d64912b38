package io.nephio.recovery.cli;

import io.nephio.recovery.facts.Elapsed;
import io.nephio.recovery.judge.Finding;
import io.nephio.recovery.plan.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The plan for a person on call: what is wrong, what is proposed, what is not and why. */
final class PlanText {
  private PlanText() {}

  static String text(Instant at, List<Planned> plans) {
    StringBuilder out = new StringBuilder("At " + at + "\n");
    for (Planned planned : plans) {
      planned
          .plan()
          .clusters()
          .forEach(
              c ->
                  out.append("Cluster ")
                      .append(c.cluster())
                      .append(": ")
                      .append(c.state())
                      .append('\n'));
      for (Decision decision : planned.plan().decisions()) {
        out.append(decision(at, decision, planned));
      }
      out.append("Next look in ")
          .append(Elapsed.text(planned.plan().next().in()))
          .append(" (")
          .append(planned.plan().next().reason())
          .append(")\n");
    }
    return out.toString();
  }

  private static String decision(Instant at, Decision decision, Planned planned) {
    Finding root = decision.incident().root();
    String age = Elapsed.text(Duration.between(root.since(), at));
    String line =
        "\n"
            + root.cluster()
            + "  "
            + root.object()
            + "  "
            + root.reason()
            + " for "
            + age
            + "\n  "
            + root.message()
            + "\n  ";
    if (decision instanceof Decision.Propose p) {
      return line
          + "Propose "
          + p.act().action()
          + ": "
          + p.why()
          + "\n  branch "
          + p.id().branch()
          + " in "
          + planned.policy().spec().repository()
          + "\n";
    }
    String word =
        decision instanceof Decision.Defer ? "Defer " + decision.act().action() : "Manual";
    return line + word + ": " + decision.why() + "\n";
  }
}
