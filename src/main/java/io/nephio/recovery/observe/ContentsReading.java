package io.nephio.recovery.observe;

import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Crd;
import io.nephio.recovery.facts.DisruptionBudget;
import io.nephio.recovery.facts.Job;
import io.nephio.recovery.facts.Lease;
import io.nephio.recovery.facts.Pod;
import io.nephio.recovery.facts.ReplicaSet;
import io.nephio.recovery.facts.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the objects inside a workload cluster say. */
public final class ContentsReading {
  private static final List<String> REVISION =
      List.of("pod-template-hash", "controller-revision-hash");

  private ContentsReading() {}

  public static Pod pod(Tree tree) {
    Map<String, String> labels = tree.map("metadata", "labels");
    Tree status = tree.tree("status");
    return new Pod(
        Fields.namespaced(tree),
        labels,
        Fields.created(tree),
        Fields.deleting(tree),
        tree.instant("metadata", "deletionTimestamp"),
        tree.has("metadata", "annotations", "kubernetes.io/config.mirror"),
        Fields.controller(tree),
        REVISION.stream().filter(labels::containsKey).map(labels::get).findFirst().orElse(""),
        Fields.shared(tree.text("spec", "nodeName")),
        Fields.shared(status.text("phase")),
        status.text("reason"),
        status.text("message"),
        Fields.conditions(tree),
        Stream.concat(
                status.list("initContainerStatuses").stream().map(c -> container(c, true)),
                status.list("containerStatuses").stream().map(c -> container(c, false)))
            .toList());
  }

  private static Pod.Container container(Tree tree, boolean init) {
    Tree waiting = tree.tree("state", "waiting");
    return new Pod.Container(
        Fields.shared(tree.text("name")),
        init,
        tree.bool("ready").orElse(false),
        Fields.number(tree, 0, "restartCount"),
        tree.has("state", "waiting")
            ? Optional.of(new Pod.Waiting(waiting.text("reason"), waiting.text("message")))
            : Optional.empty(),
        ended(tree, "state"),
        ended(tree, "lastState"));
  }

  private static Optional<Pod.Ended> ended(Tree tree, String state) {
    Tree ended = tree.tree(state, "terminated");
    return tree.has(state, "terminated")
        ? Optional.of(
            new Pod.Ended(
                Fields.number(ended, 0, "exitCode"),
                ended.text("reason"),
                ended.instant("startedAt"),
                ended.instant("finishedAt")))
        : Optional.empty();
  }

  /** A Deployment, StatefulSet or DaemonSet. */
  public static Workload workload(Tree tree) {
    boolean daemon = tree.kind().equals("DaemonSet");
    Tree status = tree.tree("status");
    return new Workload(
        Fields.namespaced(tree),
        Fields.created(tree),
        Fields.deleting(tree),
        Fields.number(tree, 0, "metadata", "generation"),
        Fields.number(status, 0, "observedGeneration"),
        daemon
            ? Fields.number(status, 0, "desiredNumberScheduled")
            : Fields.number(tree, 1, "spec", "replicas"),
        Fields.number(status, 0, daemon ? "numberReady" : "readyReplicas"),
        Fields.number(status, 0, daemon ? "updatedNumberScheduled" : "updatedReplicas"),
        tree.bool("spec", "paused").orElse(false),
        tree.text("spec", "updateStrategy", "type").equals("OnDelete"),
        revision(tree),
        Fields.selector(tree.tree("spec", "selector")),
        Fields.controller(tree),
        progressed(status),
        Fields.conditions(tree));
  }

  private static String revision(Tree tree) {
    return tree.string("status", "updateRevision")
        .or(() -> tree.string("metadata", "annotations", "deployment.kubernetes.io/revision"))
        .or(
            () ->
                tree.string("metadata", "annotations", "deprecated.daemonset.template.generation"))
        .orElse("");
  }

  private static Optional<Instant> progressed(Tree status) {
    return status.list("conditions").stream()
        .filter(c -> c.text("type").equals("Progressing"))
        .flatMap(
            c ->
                Stream.of("lastUpdateTime", "lastTransitionTime")
                    .flatMap(t -> c.instant(t).stream()))
        .max(Comparator.naturalOrder());
  }

  public static ReplicaSet replicaSet(Tree tree) {
    return new ReplicaSet(
        Fields.namespaced(tree),
        Fields.controller(tree),
        Fields.number(tree, 1, "spec", "replicas"));
  }

  public static Job job(Tree tree) {
    return new Job(
        Fields.namespaced(tree),
        Fields.controller(tree),
        Condition.find(Fields.conditions(tree), "Failed")
            .filter(c -> c.status() == Condition.Status.True)
            .isPresent());
  }

  /** Only those in {@code kube-node-lease} are signs of life of Nodes. */
  public static Optional<Lease> lease(Tree tree) {
    return tree.namespace().equals("kube-node-lease")
        ? tree.instant("spec", "renewTime")
            .map(
                renewed ->
                    new Lease(
                        tree.name(),
                        renewed,
                        Duration.ofSeconds(
                            Fields.number(tree, 40, "spec", "leaseDurationSeconds"))))
        : Optional.empty();
  }

  public static DisruptionBudget budget(Tree tree) {
    return new DisruptionBudget(
        Fields.namespaced(tree),
        tree.has("spec", "selector")
            ? Optional.of(Fields.selector(tree.tree("spec", "selector")))
            : Optional.empty(),
        Fields.number(tree, 0, "status", "disruptionsAllowed"));
  }

  public static Crd crd(Tree tree) {
    return new Crd(
        Fields.clusterScoped(tree),
        Fields.created(tree),
        tree.instant("metadata", "deletionTimestamp"),
        Fields.conditions(tree));
  }
}
