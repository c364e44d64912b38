package io.nephio.recovery.observe;

import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.ControlPlane;
import io.nephio.recovery.facts.HealthCheck;
import io.nephio.recovery.facts.InfraCluster;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.MachineOwner;
import io.nephio.recovery.facts.Management;
import io.nephio.recovery.facts.PorchRepository;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the management cluster holds around a Cluster's Machines.
 *
 * <p>Providers choose their versions and their contract by themselves: a field is looked for where
 * one of the contracts puts it, and what no contract has is not known.
 */
public final class ManagementReading {
  private static final Pattern GO_PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|s|m|h)");

  private ManagementReading() {}

  /** What a Cluster itself says, with what was seen beside it. */
  public static Management management(
      Tree cluster,
      Known<InfraCluster> infra,
      Known<ControlPlane> controlPlane,
      Known<MachineOwner> owners,
      Known<HealthCheck> healthChecks,
      Known<PorchRepository> repositories) {
    return new Management(
        cluster.instant("metadata", "creationTimestamp"),
        Fields.newest(cluster),
        initialized(cluster),
        infra,
        controlPlane,
        owners,
        healthChecks,
        repositories);
  }

  private static Optional<Boolean> initialized(Tree cluster) {
    return cluster
        .bool("status", "initialization", "controlPlaneInitialized")
        .or(
            () ->
                Condition.find(Fields.newest(cluster), "ControlPlaneInitialized")
                    .map(c -> c.status() == Condition.Status.True));
  }

  public static InfraCluster infra(Tree tree) {
    Optional<Boolean> provisioned =
        tree.bool("status", "initialization", "provisioned").or(() -> tree.bool("status", "ready"));
    return new InfraCluster(
        Fields.namespaced(tree), provisioned, Condition.find(Fields.newest(tree), "Ready"));
  }

  public static ControlPlane controlPlane(Tree tree) {
    List<Condition> newest = Fields.newest(tree);
    List<Condition> conditions =
        Fields.speaksV1beta2(tree) && Condition.find(newest, "Available").isPresent()
            ? newest.stream().filter(c -> !c.type().equals("Ready")).toList()
            : Fields.conditions(tree);
    return new ControlPlane(
        Fields.namespaced(tree),
        Fields.created(tree),
        Fields.deleting(tree),
        tree.has("metadata", "annotations", Machine.PAUSED),
        Fields.whole(tree, "spec", "replicas"),
        readyNodes(tree),
        tree.bool("status", "initialization", "controlPlaneInitialized")
            .or(() -> tree.bool("status", "initialized")),
        rollingOut(tree, conditions),
        tree.has("spec", "kubeadmConfigSpec", "clusterConfiguration", "etcd", "external"),
        conditions);
  }

  /**
   * In the older contract these are Nodes that are Ready, in the newer one Machines, and a Machine
   * that is only marked for replacement is not Ready; what both contracts tell is taken.
   */
  private static Optional<Integer> readyNodes(Tree tree) {
    return Fields.whole(tree, "status", "deprecated", "v1beta1", "readyReplicas")
        .or(() -> Fields.whole(tree, "status", "readyReplicas"));
  }

  /** A MachineDeployment, MachineSet or MachinePool. */
  public static MachineOwner owner(Tree tree) {
    return new MachineOwner(
        Fields.namespaced(tree),
        tree.has("metadata", "annotations", Machine.PAUSED)
            || tree.bool("spec", "paused").orElse(false),
        !onDelete(tree) && rollingOut(tree, Fields.newest(tree)),
        tree.text("metadata", "annotations", "cluster.x-k8s.io/disable-machine-create")
            .equals("true"),
        tree.list("status", "nodeRefs").stream().map(n -> n.text("name")).toList());
  }

  /** Where somebody must delete an old Machine before a new one comes, nothing goes by itself. */
  private static boolean onDelete(Tree tree) {
    return Stream.of(
            tree.text("spec", "strategy", "type"), tree.text("spec", "rollout", "strategy", "type"))
        .anyMatch("OnDelete"::equals);
  }

  /** More replicas than up-to-date ones: some wait for their turn to be replaced. */
  private static boolean rollingOut(Tree tree, List<Condition> conditions) {
    Optional<Condition> says = Condition.find(conditions, "RollingOut");
    if (says.isPresent()) {
      return says.get().status() == Condition.Status.True;
    }
    Tree status = tree.tree("status");
    Optional<Integer> updated =
        Fields.whole(status, "upToDateReplicas").or(() -> Fields.whole(status, "updatedReplicas"));
    return updated.isPresent() && Fields.number(status, 0, "replicas") > updated.get();
  }

  public static HealthCheck healthCheck(Tree tree) {
    Tree spec = tree.tree("spec");
    Tree checks = spec.has("checks") ? spec.tree("checks") : spec;
    Optional<Duration> startup =
        duration(checks, "nodeStartupTimeout").or(() -> Optional.of(Duration.ofMinutes(10)));
    return new HealthCheck(
        Fields.namespaced(tree),
        spec.text("clusterName"),
        Fields.selector(spec.tree("selector")),
        startup.filter(d -> !d.isZero()),
        Stream.of(
                checks(checks.list("unhealthyNodeConditions"), true),
                checks(checks.list("unhealthyConditions"), true),
                checks(checks.list("unhealthyMachineConditions"), false))
            .flatMap(List::stream)
            .toList(),
        allowed(tree));
  }

  /** Empty if packages are not deployed from it, or it is no git repository. */
  public static Optional<PorchRepository> repository(Tree tree) {
    Tree spec = tree.tree("spec");
    boolean deployed =
        spec.text("type").equals("git")
            && spec.bool("deployment").orElse(false)
            && !Fields.deleting(tree);
    Tree git = spec.tree("git");
    return deployed
        ? Optional.of(
            new PorchRepository(
                Fields.namespaced(tree),
                git.text("repo"),
                git.string("branch").orElse("main"),
                git.text("directory").replaceAll("^[./]+|/+$", "")))
        : Optional.empty();
  }

  /** What one that is paused or being deleted said of itself before no longer holds. */
  private static Optional<Condition> allowed(Tree tree) {
    boolean idle = tree.has("metadata", "annotations", Machine.PAUSED) || Fields.deleting(tree);
    return idle
        ? Optional.of(
            new Condition("RemediationAllowed", Condition.Status.False, "", "", Optional.empty()))
        : Condition.find(Fields.newest(tree), "RemediationAllowed");
  }

  private static List<HealthCheck.Check> checks(List<Tree> conditions, boolean node) {
    return conditions.stream()
        .map(
            c ->
                new HealthCheck.Check(
                    node,
                    c.text("type"),
                    c.text("status"),
                    duration(c, "timeout").orElse(Duration.ZERO)))
        .toList();
  }

  /** A Go duration in the old contract, whole seconds under another name in the new one. */
  private static Optional<Duration> duration(Tree tree, String name) {
    Optional<Integer> seconds = Fields.whole(tree, name + "Seconds");
    if (seconds.isPresent()) {
      return seconds.map(Duration::ofSeconds);
    }
    return tree.string(name).map(ManagementReading::goDuration);
  }

  static Duration goDuration(String text) {
    Duration sum = Duration.ZERO;
    Matcher part = GO_PART.matcher(text);
    while (part.find()) {
      double unit =
          switch (part.group(2)) {
            case "h" -> 3_600_000;
            case "m" -> 60_000;
            case "s" -> 1_000;
            default -> 1;
          };
      sum = sum.plusMillis(Math.round(Double.parseDouble(part.group(1)) * unit));
    }
    return sum;
  }
}
