package io.nephio.recovery.judge;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.facts.ClusterSample;
import io.nephio.recovery.facts.Sample;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Findings as one line each, so that a case is a line in a table. */
final class Judged {
  private Judged() {}

  static List<Finding> findings(ClusterSample cluster) {
    return Judges.judge(cluster.cluster(), ClusterPolicySpec.defaults(), Sample.NOW);
  }

  /** {@code NodeNotReady n1 1h Due}, several in their order; empty for none. */
  static String told(ClusterSample cluster) {
    return findings(cluster).stream().map(Judged::line).collect(Collectors.joining(", "));
  }

  private static String line(Finding finding) {
    Duration age = Duration.between(finding.since(), Sample.NOW);
    return finding.reason()
        + " "
        + finding.object().name()
        + " "
        + age.toMinutes()
        + "m "
        + (finding.isDue(Sample.NOW) ? "Due" : "Pending");
  }
}
