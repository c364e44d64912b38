package io.nephio.recovery.cli;

import io.nephio.recovery.facts.ClusterRef;
import io.nephio.recovery.facts.Elapsed;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.judge.Finding;
import io.nephio.recovery.plan.ClusterState;
import io.nephio.recovery.plan.Decision;
import io.nephio.recovery.plan.Plan;
import io.nephio.recovery.plan.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The plan for a person on call: what is wrong, what is proposed, what is not and why. */
final class PlanText {
  private static final int SHOWN = 3;
  private static final int MOST_PENDING = 5;
  private static final int COLUMNS = 100;
  private static final String INDENT = "      ";

  private final Instant at;
  private final List<ClusterRef> healthy = new ArrayList<>();
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
    text.listed("Healthy", text.healthy);
    text.listed("Covered by no policy, so nothing is judged", without);
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
    List<Decision> decisions =
        planned.plan().decisions().stream()
            .filter(d -> d.incident().root().cluster().equals(cluster.cluster()))
            .toList();
    List<Verdict> pending =
        planned.plan().findings().stream()
            .filter(v -> !v.due() && v.symptomOf().isEmpty())
            .filter(v -> v.finding().cluster().equals(cluster.cluster()))
            .toList();
    if (cluster.state() == ClusterState.State.Healthy && decisions.isEmpty() && pending.isEmpty()) {
      healthy.add(cluster.cluster());
      return;
    }
    line(cluster.cluster() + "  " + cluster.state());
    decisions.forEach(d -> decision(d, planned));
    pending.stream().limit(MOST_PENDING).forEach(this::pending);
    if (pending.size() > MOST_PENDING) {
      line("  and " + (pending.size() - MOST_PENDING) + " more that do not count as failing yet");
    }
  }

  /** A fleet is mostly healthy, and that takes one line. */
  private void listed(String what, List<ClusterRef> clusters) {
    if (!clusters.isEmpty()) {
      String names =
          clusters.stream()
              .limit(SHOWN)
              .map(ClusterRef::toString)
              .collect(Collectors.joining(", "));
      int more = clusters.size() - SHOWN;
      line(what + ": " + names + (more > 0 ? " and " + more + " more" : ""));
    }
  }

  private void decision(Decision decision, Planned planned) {
    line(cut("  " + failing(decision)));
    wrapped("    " + verb(decision) + ": " + decision.why());
    if (decision instanceof Decision.Propose p) {
      line("      branch " + p.id().branch() + " in " + planned.draft(p).repository());
    }
    List<Finding> symptoms = decision.incident().symptoms();
    if (!symptoms.isEmpty()) {
      wrapped("    with it " + symptoms.size() + ": " + shortly(decision, planned.plan()));
    }
  }

  /** What fails: one thing, or many that the decision takes together under something larger. */
  private String failing(Decision decision) {
    Finding root = decision.incident().root();
    String age = ", for " + Elapsed.text(Duration.between(root.since(), at));
    boolean told = decision.why().startsWith(root.message());
    ObjectRef target = decision.act().target();
    boolean many = decision instanceof Decision.Manual && !target.equals(root.object());
    return root.reason()
        + "  "
        + (many ? target + ", first " + root.object() : root.object())
        + age
        + (told ? "" : ": " + root.message());
  }

  private static String verb(Decision decision) {
    if (decision instanceof Decision.Propose) {
      return "propose " + decision.act().action();
    }
    return decision instanceof Decision.Defer
        ? "not now " + decision.act().action()
        : "for a person";
  }

  /** The first, and why it belongs to this. */
  private static String shortly(Decision decision, Plan plan) {
    Finding first = decision.incident().symptoms().get(0);
    String because =
        plan.findings().stream()
            .filter(v -> v.finding().equals(first))
            .findFirst()
            .map(Verdict::because)
            .orElse("");
    return first.reason() + " " + first.object() + " (" + because + ")";
  }

  private void pending(Verdict verdict) {
    Finding f = verdict.finding();
    String rest = Elapsed.text(Duration.between(at, f.due()));
    line(cut("  " + f.reason() + "  " + f.object() + ", not yet: counts as failing in " + rest));
  }

  private static String cut(String text) {
    return text.length() <= COLUMNS ? text : text.substring(0, COLUMNS - 1) + "…";
  }

  /** Over as many lines as it takes: this is what people decide by. */
  private void wrapped(String text) {
    String rest = text;
    while (rest.length() > COLUMNS) {
      int space = rest.lastIndexOf(' ', COLUMNS);
      if (space <= INDENT.length()) {
        break;
      }
      line(rest.substring(0, space));
      rest = INDENT + rest.substring(space + 1);
    }
    line(rest);
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
