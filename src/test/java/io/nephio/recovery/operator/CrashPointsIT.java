package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.javaoperatorsdk.operator.OperatorException;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.Remediation;
import io.nephio.recovery.git.ClockProbe;
import io.nephio.recovery.operator.Stage.Workers;
import io.nephio.recovery.servers.AuditEntry;
import io.nephio.recovery.servers.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's process ends at every distinct request of the story of a worker's replacement,
 * once before the server has seen it and once after the server has acted, and is started again.
 * What is left in the clusters and in Gitea is what an undisturbed run leaves: nothing is lost and
 * nothing is there twice.
 *
 * <p>With {@code -Pcrash} it ends at every request that only reads as well.
 */
class CrashPointsIT {
  /** What a process tells or keeps for itself, as often as it starts. */
  private static final Set<String> OWN =
      Set.of("events", "leases", "selfsubjectrulesreviews", "configmaps");

  private static final Logger LOG = LoggerFactory.getLogger(CrashPointsIT.class);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  @AutoClose private static Stage stage;

  @BeforeAll
  static void set() {
    ClockProbe.finish();
    stage = new Stage();
  }

  @AfterEach
  void clear() {
    stage.clear();
  }

  @Test
  void whereverItEndsTheSameIsLeft() {
    Left undisturbed = story("calm", "edge31", new Cuts(r -> false));

    Cuts cuts = new Cuts(points());
    Left left = story("cut", "edge32", cuts);

    LOG.info("{} points:\n{}", cuts.made().size(), String.join("\n", cuts.made()));
    assertThat(left).isEqualTo(undisturbed);
    assertThat(undisturbed.changes())
        .containsEntry("delete machines", 1L)
        .containsEntry("patch nodes", 1L)
        .containsEntry("create remediations", 1L);
    assertThat(cuts.made())
        .as("points")
        .hasSizeGreaterThan(25)
        .contains(
            "before management DELETE /apis/cluster.x-k8s.io/v1beta1/namespaces/cut/machines/edge32-md-0-b",
            "after management DELETE /apis/cluster.x-k8s.io/v1beta1/namespaces/cut/machines/edge32-md-0-b")
        .anyMatch(p -> p.startsWith("after gitea POST ") && p.endsWith("/git-receive-pack"))
        .anyMatch(p -> p.startsWith("after gitea POST ") && p.endsWith("/pulls"));
  }

  /** What changes something; the lease is the process's own, and is renewed all the time. */
  private static Predicate<Line.Request> points() {
    boolean all = Boolean.getBoolean("crash.all");
    return r ->
        !r.path().contains("/leases")
            && !r.query().contains("watch=true")
            && (all || !r.method().equals("GET"));
  }

  /** How it ended, and how often anything was made of it, told without names. */
  private record Left(
      Phase phase, TreeMap<String, Long> changes, List<String> pulls, long receipts) {}

  private static Left story(String namespace, String cluster, Cuts cuts) {
    Instant began = Instant.now();
    try (Line management = stage.managementLine(cuts.of("management"));
        Line workload = stage.workloadLine(cuts.of("workload"));
        Line gitea = Line.to(stage.gitea.url(), cuts.of("gitea"))) {
      Workers workers = stage.workers(namespace, cluster, 4);
      stage.kubeconfig(namespace, cluster, workload.kubeconfig());
      stage.policy(namespace, "fleet");
      Play play = new Play(namespace, workers, cuts, () -> stage.start(management, gitea.url()));
      play.start();
      workers.nodeDies(1);
      try {
        Stage.waiting().atMost(LONGEST).until(play::isOver);
      } catch (ConditionTimeoutException e) {
        throw new AssertionError(phase(namespace) + " after " + cuts.made(), e);
      }
      Left left = left(namespace, cluster, began);
      stage.clear();
      return left;
    }
  }

  /** Everybody but the operator: the host it runs on, the reviewer, the MachineSet. */
  private static final class Play {
    private final String namespace;
    private final Workers workers;
    private final Cuts cuts;
    private final Runnable start;
    private boolean merged;
    private boolean replaced;

    Play(String namespace, Workers workers, Cuts cuts, Runnable start) {
      this.namespace = namespace;
      this.workers = workers;
      this.cuts = cuts;
      this.start = start;
    }

    /** It may end while it starts. */
    void start() {
      try {
        start.run();
      } catch (OperatorException e) {
        if (!cuts.isCut()) {
          throw e;
        }
      }
    }

    boolean isOver() {
      if (cuts.isCut()) {
        stage.stop();
        cuts.mend();
        start();
      }
      String phase = phase(namespace);
      if (!merged && phase.equals(Phase.Proposed.name())) {
        long number = stage.remediation(namespace).status().proposal().pullRequest();
        stage.gitea.merge(Stage.REPOSITORY, number, Stage.APPROVER, "merge");
        merged = true;
      }
      if (!replaced && isGoing(workers.machines().get(1))) {
        workers.replaced(1, workers.name(1) + "-new");
        replaced = true;
      }
      return phase.equals(Phase.Succeeded.name());
    }
  }

  private static String phase(String namespace) {
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

  private static boolean isGoing(GenericKubernetesResource machine) {
    GenericKubernetesResource now = stage.management.client().resource(machine).get();
    return now != null && now.getMetadata().getDeletionTimestamp() != null;
  }

  private static Left left(String namespace, String cluster, Instant began) {
    Remediation remediation = stage.remediation(namespace);
    TreeMap<String, Long> changes = new TreeMap<>();
    stage.everythingDone().stream()
        .filter(e -> e.at().isAfter(began) && e.code() < 300)
        .filter(e -> !OWN.contains(e.resource()) && e.subresource().isEmpty())
        .filter(e -> !e.resource().equals("clusterpolicies"))
        .forEach(e -> changes.merge(told(e), 1L, Long::sum));
    List<String> pulls =
        stage.pulls(namespace + "-" + cluster).stream()
            .map(
                p ->
                    p.path("state").asText()
                        + ", merged "
                        + p.path("merged").asBoolean()
                        + ", comments "
                        + stage.comments(p.path("number").asLong()).size())
            .toList();
    return new Left(remediation.status().phase(), changes, pulls, receipts(remediation));
  }

  private static String told(AuditEntry entry) {
    return entry.verb() + " " + entry.resource();
  }

  /** Claims on the merge commit; how it ended is said once more at the end. */
  private static long receipts(Remediation remediation) {
    JsonNode statuses =
        stage.json(
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
