package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.javaoperatorsdk.operator.OperatorException;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.Remediation;
import io.nephio.recovery.servers.AuditEntry;
import io.nephio.recovery.servers.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One story from the failure to its end, with an operator that ends where it is told to and is
 * started again.
 */
record CrashStory(Stage stage, String namespace, String cluster, Cuts cuts, Host host) {
  /** What a process tells or keeps for itself, as often as it starts. */
  private static final Set<String> OWN =
      Set.of("events", "leases", "selfsubjectrulesreviews", "configmaps");

  private static final String ALL = "crash.all";
  private static final Duration LONGEST = Duration.ofHours(1);

  /** How often the others look; a cut is seen when it is made. */
  private static final Duration PACE = Duration.ofMillis(100);

  private static final Duration AT_ONCE = Duration.ofMillis(1);

  /** From one point to the next, or to the end: more than the operator's longest pause. */
  private static final Duration STUCK = Duration.ofMinutes(5);

  /** Passes after the end, in which nothing more may come. */
  private static final int QUIET = 2;

  /** What the operator runs on. */
  interface Host {
    void start(Line management, String gitServer);

    void end();

    /** Within this process. */
    static Host of(Stage stage) {
      return new Host() {
        @Override
        public void start(Line management, String gitServer) {
          stage.start(management, gitServer);
        }

        @Override
        public void end() {
          stage.stop();
        }
      };
    }
  }

  /** Everybody but the operator: the hosts, other controllers, the reviewer. */
  interface Scene {
    /** Once, while the operator runs. */
    void fail();

    /** Once, when there is something to review; merges it. */
    default void review(Stage stage, Remediation proposed) {
      stage.approver.merge(proposed);
    }

    /** Again and again, until it is over. */
    default void play() {}

    /** What the stage does not clear away. */
    default void clear() {}

    default Phase end() {
      return Phase.Succeeded;
    }
  }

  /** How it ended, and how often anything was made of it, told without names. */
  record Left(
      List<Phase> history, TreeMap<String, Long> changes, List<String> pulls, long receipts) {}

  /** Every request: what changes something before and after, what only reads once. */
  static Cuts everywhere(String story, Map<String, Integer> known) {
    return new Cuts(r -> isLong() || !Cuts.onlyReads(r) ? 2 : 1, names(story), known);
  }

  /** Of its namespace, its cluster and what is called after them. */
  static Pattern names(String story) {
    return Pattern.compile(story + "(?:-cut|2|cuts)");
  }

  /** Whether every story is told at all of its points, before and after. */
  static boolean isLong() {
    return Boolean.getBoolean(ALL);
  }

  /**
   * A story undisturbed, and again with an end at each of its points: the second leaves what the
   * first does.
   */
  static Left twice(Stage stage, String story, Cuts cuts, BiFunction<String, String, Scene> scene) {
    return twice(stage, story, cuts, Host.of(stage), scene);
  }

  static Left twice(
      Stage stage, String story, Cuts cuts, Host host, BiFunction<String, String, Scene> scene) {
    Instant began = Instant.now();
    Left undisturbed =
        told(stage, story + "-calm", story + "1", Cuts.none(), Host.of(stage), scene);
    Duration calm = Duration.between(began, Instant.now());
    Left left = told(stage, story + "-cut", story + "2", cuts, host, scene);
    assertThat(left).as("left after %s", cuts.made()).isEqualTo(undisturbed);
    CrashTally.add(story, cuts.made(), calm, Duration.between(began, Instant.now()));
    return undisturbed;
  }

  private static Left told(
      Stage stage,
      String namespace,
      String cluster,
      Cuts cuts,
      Host host,
      BiFunction<String, String, Scene> scene) {
    Scene set = scene.apply(namespace, cluster);
    try {
      return new CrashStory(stage, namespace, cluster, cuts, host).told(set);
    } finally {
      set.clear();
      stage.clear();
    }
  }

  /** Of a scene whose cluster and policy are there. */
  private Left told(Scene scene) {
    Instant began = Instant.now();
    try (Play play = new Play(this, scene)) {
      play.start();
      scene.fail();
      Stage.waiting().pollInterval(AT_ONCE).atMost(LONGEST).until(play::isOver);
      host.end();
      return left(began);
    } finally {
      host.end();
    }
  }

  private static final class Play implements AutoCloseable {
    private final CrashStory story;
    private final Scene scene;
    private final Set<String> reviewed = new HashSet<>();
    private CrashLines lines;
    private int ended = -1;
    private Instant lately = Instant.now();

    Play(CrashStory story, Scene scene) {
      this.story = story;
      this.scene = scene;
      this.lines = CrashLines.of(story.stage, story.cuts);
    }

    /** It may end while it starts. */
    void start() {
      story.stage.kubeconfig(story.namespace, story.cluster, lines.workload().kubeconfig());
      try {
        story.host.start(lines.management(), lines.gitea().url());
      } catch (OperatorException e) {
        if (!story.cuts.isCut()) {
          throw e;
        }
      }
    }

    boolean isOver() throws InterruptedException {
      if (story.cuts.isCut(PACE)) {
        story.host.end();
        lines = lines.next();
        story.cuts.mend();
        start();
        ended = -1;
        lately = Instant.now();
      }
      List<Remediation> ledger = story.ledger();
      for (Remediation each : ledger) {
        if (each.status().phase() == Phase.Proposed && reviewed.add(each.getMetadata().getName())) {
          scene.review(story.stage, each);
        }
      }
      scene.play();
      if (ledger.stream().noneMatch(r -> r.status().phase() == scene.end())) {
        check(ledger);
        return false;
      }
      int looks = story.cuts.looks();
      ended = ended < 0 ? looks : ended;
      return !story.cuts.isCut() && looks >= ended + QUIET;
    }

    /** That it can still come to its end. */
    private void check(List<Remediation> ledger) {
      if (ledger.stream().anyMatch(r -> r.status().phase().terminal())
          || Instant.now().isAfter(lately.plus(STUCK))) {
        story.failed(ledger);
      }
    }

    @Override
    public void close() {
      lines.close();
    }
  }

  private void failed(List<Remediation> ledger) {
    List<String> phases =
        ledger.stream()
            .map(r -> r.status().phase() + "/" + r.status().reason() + ": " + r.status().message())
            .toList();
    throw new AssertionError(phases + " after " + cuts.made());
  }

  private List<Remediation> ledger() {
    return stage
        .management
        .client()
        .resources(Remediation.class)
        .inNamespace(namespace)
        .list()
        .getItems();
  }

  private Left left(Instant began) {
    Remediation remediation = stage.remediation(namespace);
    TreeMap<String, Long> changes = new TreeMap<>();
    stage.everythingDone().stream()
        .filter(e -> e.at().isAfter(began) && e.code() < 300)
        .filter(e -> !OWN.contains(e.resource()) && !e.subresource().equals("status"))
        .filter(e -> !e.resource().equals("clusterpolicies") && !e.uri().contains("dryRun"))
        .forEach(e -> changes.merge(told(e), 1L, Long::sum));
    return new Left(
        remediation.status().history().stream().map(h -> h.phase()).collect(Collectors.toList()),
        changes,
        stage.approver.pulls(namespace + "-" + cluster).stream().map(this::told).toList(),
        receipts(remediation));
  }

  private static String told(AuditEntry entry) {
    return (entry.verb() + " " + entry.resource() + " " + entry.subresource()).strip();
  }

  private String told(JsonNode pull) {
    long number = pull.path("number").asLong();
    return "%s, merged %s, commits %d, comments %d"
        .formatted(
            pull.path("state").asText(),
            pull.path("merged").asBoolean(),
            stage
                .approver
                .json("/repos/" + Stage.REPOSITORY + "/pulls/" + number + "/commits")
                .size(),
            stage.approver.comments(number).size());
  }

  /** Claims on the merge commit; how it ended is said once more at the end. */
  private long receipts(Remediation remediation) {
    if (remediation.status().approval() == null) {
      return 0;
    }
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
