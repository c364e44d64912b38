package io.nephio.recovery.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.javaoperatorsdk.operator.OperatorException;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.Remediation;
import io.nephio.recovery.servers.AuditEntry;
import io.nephio.recovery.servers.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One story from the failure to its end, with an operator that ends where it is told to and is
 * started again.
 */
record CrashStory(Stage stage, String namespace, String cluster, Cuts cuts, Host host) {
  /** What a process tells or keeps for itself, as often as it starts. */
  private static final Set<String> OWN =
      Set.of("events", "leases", "selfsubjectrulesreviews", "configmaps");

  private static final String ALL = "crash.all";
  private static final Duration LONGEST = Duration.ofMinutes(30);

  /** Within this process. */
  CrashStory(Stage stage, String namespace, String cluster, Cuts cuts) {
    this(
        stage,
        namespace,
        cluster,
        cuts,
        new Host() {
          @Override
          public void start(Line management, String gitServer) {
            stage.start(management, gitServer);
          }

          @Override
          public void end() {
            stage.stop();
          }
        });
  }

  /** What the operator runs on. */
  interface Host {
    void start(Line management, String gitServer);

    void end();
  }

  /** Everybody but the operator and the reviewer: the hosts, other controllers. */
  interface Scene {
    /** Once, while the operator runs. */
    void fail();

    /** Again and again, until it is over. */
    default void play() {}
  }

  /** How it ended, and how often anything was made of it, told without names. */
  record Left(Phase phase, TreeMap<String, Long> changes, List<String> pulls, long receipts) {}

  /** What changes something; the lease is the process's own, and is renewed all the time. */
  static Predicate<Line.Request> points() {
    boolean all = Boolean.getBoolean(ALL);
    return r ->
        !r.path().contains("/leases")
            && !r.query().contains("watch=true")
            && (all || !r.method().equals("GET"));
  }

  /** Whether every story is told: at every request, or only at those that change something. */
  static boolean isLong() {
    return Boolean.getBoolean(ALL) || Boolean.getBoolean("crash.stories");
  }

  /** Of a scene whose cluster and policy are there. */
  Left told(Scene scene) {
    Instant began = Instant.now();
    try (Line management = stage.managementLine(cuts.of("management"));
        Line workload = stage.workloadLine(cuts.of("workload"));
        Line gitea = Line.to(stage.gitea.url(), cuts.of("gitea"))) {
      stage.kubeconfig(namespace, cluster, workload.kubeconfig());
      Play play = new Play(this, scene, () -> host.start(management, gitea.url()));
      play.start();
      scene.fail();
      try {
        Stage.waiting().atMost(LONGEST).until(play::isOver);
      } catch (ConditionTimeoutException e) {
        throw new AssertionError(phase() + " after " + cuts.made(), e);
      }
      Left left = left(began);
      host.end();
      stage.clear();
      return left;
    } finally {
      host.end();
    }
  }

  private static final class Play {
    private final CrashStory story;
    private final Scene scene;
    private final Runnable start;
    private boolean merged;

    Play(CrashStory story, Scene scene, Runnable start) {
      this.story = story;
      this.scene = scene;
      this.start = start;
    }

    /** It may end while it starts. */
    void start() {
      try {
        start.run();
      } catch (OperatorException e) {
        if (!story.cuts.isCut()) {
          throw e;
        }
      }
    }

    boolean isOver() {
      if (story.cuts.isCut()) {
        story.host.end();
        story.cuts.mend();
        start();
      }
      String phase = story.phase();
      if (!merged && phase.equals(Phase.Proposed.name())) {
        story.stage.approver.merge(story.stage.remediation(story.namespace));
        merged = true;
      }
      scene.play();
      return phase.equals(Phase.Succeeded.name());
    }
  }

  private String phase() {
    List<Remediation> found =
        stage
            .management
            .client()
            .resources(Remediation.class)
            .inNamespace(namespace)
            .list()
            .getItems();
    return found.isEmpty() ? "" : found.get(0).status().phase().name();
  }

  private Left left(Instant began) {
    Remediation remediation = stage.remediation(namespace);
    TreeMap<String, Long> changes = new TreeMap<>();
    stage.everythingDone().stream()
        .filter(e -> e.at().isAfter(began) && e.code() < 300)
        .filter(e -> !OWN.contains(e.resource()) && !e.subresource().equals("status"))
        .filter(e -> !e.resource().equals("clusterpolicies") && !e.uri().contains("dryRun"))
        .forEach(e -> changes.merge(told(e), 1L, Long::sum));
    List<String> pulls =
        stage.approver.pulls(namespace + "-" + cluster).stream()
            .map(
                p ->
                    p.path("state").asText()
                        + ", merged "
                        + p.path("merged").asBoolean()
                        + ", comments "
                        + stage.approver.comments(p.path("number").asLong()).size())
            .toList();
    return new Left(remediation.status().phase(), changes, pulls, receipts(remediation));
  }

  private static String told(AuditEntry entry) {
    return (entry.verb() + " " + entry.resource() + " " + entry.subresource()).strip();
  }

  /** Claims on the merge commit; how it ended is said once more at the end. */
  private long receipts(Remediation remediation) {
    JsonNode statuses =
        stage.approver.json(
            "/repos/"
                + Stage.REPOSITORY
                + "/commits/"
                + remediation.status().approval().mergeCommit()
                + "/statuses");
    long count = 0;
    for (JsonNode status : statuses) {
      count += status.path("status").asText().equals("pending") ? 1 : 0;
    }
    return count;
  }
}
