package io.nephio.recovery.rules;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Times of a policy against Cluster API, the pace of the passes, and each other. */
final class Timing {
  /** Five probes of 10 s that time out after 5 s: until then Cluster API itself does not know. */
  private static final Duration CLUSTER_API = Duration.ofSeconds(75);

  private static final List<String> OF_CLUSTER_API =
      List.of(
          "controlPlaneTimeout",
          "machineStartupTimeout",
          "machineDeletionTimeout",
          "nodeNotReadyThreshold");

  private static final List<String> THRESHOLDS =
      List.of(
          "controlPlaneTimeout",
          "machineStartupTimeout",
          "machineDeletionTimeout",
          "nodeNotReadyThreshold",
          "nodePressureThreshold",
          "podCrashThreshold",
          "workloadRolloutTimeout",
          "crdThreshold");

  private Timing() {}

  static void check(Subject policy) {
    for (String field : OF_CLUSTER_API) {
      if (policy.spec().length(field).compareTo(CLUSTER_API) < 0) {
        add(
            policy,
            Rule.TIME_BELOW_CLUSTER_API,
            field,
            "is shorter than the 75 s that Cluster API needs to notice a lost connection, so what"
                + " works would count as failing: write 75s or more",
            "75s");
      }
    }
    for (String field : THRESHOLDS) {
      if (isShorter(policy, field, "shortInterval")) {
        add(
            policy,
            Rule.THRESHOLD_BELOW_PACE,
            field,
            "is shorter than shortInterval (%s), and nothing is judged more often: write that or"
                    .formatted(policy.spec().text("shortInterval"))
                + " more",
            policy.spec().text("shortInterval"));
      }
    }
    contradictions(policy);
    budget(policy);
    time(policy);
  }

  private static void contradictions(Subject policy) {
    ordered(
        policy,
        "nodeNotReadyThreshold",
        "machineStartupTimeout",
        "a new Machine would be replaced before its Node may count as failing");
    ordered(
        policy,
        "stabilization",
        "minHealthyPeriod",
        "a repair would count as lasting before it counts as done");
    ordered(
        policy,
        "minHealthyPeriod",
        "retryWindow",
        "a repair would leave the count before it is known to last");
    ordered(
        policy, "executeWithin", "proposalTTL", "nothing waits for its start beyond proposalTTL");
    ordered(policy, "shortInterval", "stormCooldown", "it would be over before the next look");
    String remind = policy.spec().text("review", "remindAfter");
    if (!remind.isEmpty()
        && Times.length(remind).compareTo(policy.spec().length("proposalTTL")) >= 0) {
      policy
          .problems()
          .add(
              Rule.TIMES_CONTRADICT,
              Field.of("spec", "review", "remindAfter"),
              "is not shorter than proposalTTL (%s), so nobody is ever reminded: write less, or '' if that is meant"
                  .formatted(policy.spec().text("proposalTTL")),
              remind);
    }
  }

  /** Whether the first is longer than the second, which makes no sense for the reason given. */
  private static void ordered(Subject policy, String less, String more, String why) {
    if (isShorter(policy, more, less)) {
      add(
          policy,
          Rule.TIMES_CONTRADICT,
          more,
          "is shorter than %s (%s): %s; write that or more"
              .formatted(less, policy.spec().text(less), why),
          policy.spec().text(less));
    }
  }

  private static void budget(Subject policy) {
    Tree spec = policy.spec();
    long times = ((Number) Objects.requireNonNull(spec.get("retryBudget"))).longValue();
    Duration least = spec.length("stabilization").multipliedBy(times);
    if (least.compareTo(spec.length("retryWindow")) > 0) {
      add(
          policy,
          Rule.BUDGET_UNREACHABLE,
          "retryWindow",
          "is shorter than retryBudget times stabilization (%d times %s), so the budget never runs"
                  .formatted(times, spec.text("stabilization"))
              + " out and repairs never end: write more",
          null);
    }
  }

  private static void time(Subject policy) {
    if (isShorter(policy, "proposalTTL", "longInterval")) {
      add(
          policy,
          Rule.NOTHING_EVER_DONE,
          "proposalTTL",
          "is shorter than longInterval (%s), so every pull request is closed before anybody can"
                  .formatted(policy.spec().text("longInterval"))
              + " merge it: write hours",
          "24h");
    }
    if (isShorter(policy, "executeWithin", "shortInterval")) {
      add(
          policy,
          Rule.NOTHING_EVER_DONE,
          "executeWithin",
          "is shorter than shortInterval (%s), so a merge may have expired before it is seen: write"
                  .formatted(policy.spec().text("shortInterval"))
              + " minutes",
          "30m");
    }
  }

  private static boolean isShorter(Subject policy, String one, String other) {
    return policy.spec().length(one).compareTo(policy.spec().length(other)) < 0;
  }

  private static void add(
      Subject policy, Rule rule, String field, String message, @Nullable String proposed) {
    policy
        .problems()
        .add(rule, Field.of("spec", field), message, policy.spec().text(field), proposed);
  }
}
