package io.nephio.recovery.observe;

import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Contents;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.Reach;
import io.nephio.recovery.facts.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A healthy cluster as the objects of either contract of Cluster API, and a few words that change
 * it: {@code w1 without Node; w1 since 25m; w1 Ready=Unknown@5m}. Control plane cp1 to cp3, and w1
 * to w3 of MachineSet ms of MachineDeployment md.
 */
public final class Written {
  /** How a contract calls and places what means the same. */
  public enum Contract {
    V1BETA1,
    V1BETA2
  }

  /** Of conditions that the older contract carries apart from its own. */
  private static final List<String> NEWER =
      List.of("UpToDate", "Updating", "Deleting", "RollingOut", "RemoteConnectionProbe");

  private final Contract contract;
  private final Map<String, Map<String, Object>> objects = new TreeMap<>();
  private final Map<String, Map<String, Object>> nodes = new TreeMap<>();

  private Written(Contract contract) {
    this.contract = contract;
    cluster();
    plane();
    owner("MachineDeployment", "md");
    owner("MachineSet", "ms");
    for (int i = 1; i <= 3; i++) {
      member("cp" + i);
      worker("w" + i);
    }
  }

  /** The cluster after these changes. */
  public static Cluster of(Contract contract, String changes) {
    Written written = new Written(contract);
    for (String change : changes.split(";", -1)) {
      if (!change.isBlank()) {
        written.change(change.strip().split(" +", -1));
      }
    }
    return written.read();
  }

  private boolean newer() {
    return contract == Contract.V1BETA2;
  }

  private String version(String group) {
    return group + (newer() ? "/v1beta2" : "/v1beta1");
  }

  private Map<String, Object> object(String group, String kind, String name) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", version(group));
    object.put("kind", kind);
    set(object, name, "metadata", "name");
    set(object, "default", "metadata", "namespace");
    set(object, kind + "-uid-" + name, "metadata", "uid");
    set(object, ago("48h"), "metadata", "creationTimestamp");
    set(object, "c", "spec", "clusterName");
    objects.put(name, object);
    return object;
  }

  private void cluster() {
    Map<String, Object> cluster = object("cluster.x-k8s.io", "Cluster", "c");
    Map<String, Object> ref = new LinkedHashMap<>(Map.of("kind", "KubeadmControlPlane"));
    ref.put("name", "kcp");
    ref.put(
        newer() ? "apiGroup" : "apiVersion",
        newer() ? "controlplane.cluster.x-k8s.io" : "controlplane.cluster.x-k8s.io/v1beta1");
    set(cluster, ref, "spec", "controlPlaneRef");
    condition(cluster, "InfrastructureReady=True@48h");
    condition(cluster, "ControlPlaneInitialized=True@48h");
    if (newer()) {
      set(cluster, true, "status", "initialization", "controlPlaneInitialized");
    }
  }

  private void plane() {
    Map<String, Object> plane =
        object("controlplane.cluster.x-k8s.io", "KubeadmControlPlane", "kcp");
    set(plane, 3, "spec", "replicas");
    set(plane, 3, "status", "replicas");
    ready(plane, 3);
    initialized(plane, true);
    condition(plane, (newer() ? "Available" : "Ready") + "=True@47h");
  }

  private void ready(Map<String, Object> plane, int ready) {
    set(plane, ready, "status", "readyReplicas");
    if (newer()) {
      set(plane, ready, "status", "deprecated", "v1beta1", "readyReplicas");
    }
  }

  private void initialized(Map<String, Object> plane, boolean is) {
    if (newer()) {
      set(plane, is, "status", "initialization", "controlPlaneInitialized");
    } else {
      set(plane, is, "status", "initialized");
    }
  }

  private void owner(String kind, String name) {
    Map<String, Object> owner = object("cluster.x-k8s.io", kind, name);
    set(owner, 3, "status", "replicas");
    set(owner, 3, "status", newer() ? "upToDateReplicas" : "updatedReplicas");
  }

  private void member(String name) {
    Map<String, Object> machine = machine(name, "KubeadmControlPlane", "kcp");
    set(machine, "", "metadata", "labels", "cluster.x-k8s.io/control-plane");
    for (String type :
        List.of("EtcdMember", "EtcdPod", "APIServerPod", "ControllerManagerPod", "SchedulerPod")) {
      condition(machine, type + "Healthy=True@47h");
    }
  }

  private void worker(String name) {
    Map<String, Object> machine = machine(name, "MachineSet", "ms");
    set(machine, "md", "metadata", "labels", "cluster.x-k8s.io/deployment-name");
    set(machine, "ms", "metadata", "labels", "cluster.x-k8s.io/set-name");
    set(machine, "a", "metadata", "labels", "pool");
  }

  private Map<String, Object> machine(String name, String ownerKind, String owner) {
    Map<String, Object> machine = object("cluster.x-k8s.io", "Machine", name);
    Map<String, Object> ref = new LinkedHashMap<>();
    ref.put("apiVersion", version("cluster.x-k8s.io"));
    ref.put("kind", ownerKind);
    ref.put("name", owner);
    ref.put("controller", true);
    set(machine, new ArrayList<>(List.of(ref)), "metadata", "ownerReferences");
    set(machine, "Running", "status", "phase");
    set(machine, name, "status", "nodeRef", "name");
    condition(machine, "InfrastructureReady=True@48h");
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("apiVersion", "v1");
    node.put("kind", "Node");
    set(node, name, "metadata", "name");
    set(node, "Node-uid-" + name, "metadata", "uid");
    set(node, ago("48h"), "metadata", "creationTimestamp");
    nodes.put(name, node);
    inNode(node, "Ready=True@47h");
    return machine;
  }

  /** A health check of pool a that may act: {@code check Ready=Unknown@5m} adds a condition. */
  private Map<String, Object> check() {
    Map<String, Object> check = objects.get("check");
    if (check == null) {
      check = object("cluster.x-k8s.io", "MachineHealthCheck", "check");
      set(check, "a", "spec", "selector", "matchLabels", "pool");
      condition(check, "RemediationAllowed=True@47h");
    }
    return check;
  }

  private void change(String[] words) {
    String name = words[0];
    String what = words[1];
    if (name.equals("check")) {
      check(check(), what, words);
    } else if (name.equals("node")) {
      node(what, words[2]);
    } else if (what.contains("=")) {
      condition(objects.get(name), what);
    } else {
      object(objects.get(name), what, words);
    }
  }

  private void node(String name, String what) {
    if (what.equals("gone")) {
      nodes.remove(name);
    } else if (what.equals("mute")) {
      set(nodes.get(name), new ArrayList<>(), "status", "conditions");
    } else {
      inNode(nodes.get(name), what);
    }
  }

  private void check(Map<String, Object> check, String what, String[] words) {
    switch (what) {
      case "selects" -> set(check, words[2], "spec", "selector", "matchLabels", "pool");
      case "approves" ->
          set(check, "x", "spec", "selector", "matchLabels", "recovery.nephio.io/approved");
      case "short-circuited" -> condition(check, "RemediationAllowed=False@1h");
      case "starts" ->
          timeout(newer() ? checks(check) : spec(check), "nodeStartupTimeout", words[2]);
      case "machine" -> unhealthy(check, "unhealthyMachineConditions", words[2]);
      case "paused", "deleted" -> object(check, what, words);
      default ->
          unhealthy(check, newer() ? "unhealthyNodeConditions" : "unhealthyConditions", what);
    }
  }

  private void unhealthy(Map<String, Object> check, String field, String told) {
    String[] parts = told.split("[=@]", 3);
    Map<String, Object> condition = new LinkedHashMap<>();
    condition.put("type", parts[0]);
    condition.put("status", parts[1]);
    timeout(condition, "timeout", parts[2]);
    list(newer() ? checks(check) : spec(check), field).add(condition);
  }

  private void timeout(Map<String, Object> in, String field, String told) {
    if (newer()) {
      in.put(field + "Seconds", (int) duration(told).toSeconds());
    } else {
      in.put(field, told);
    }
  }

  private void object(Map<String, Object> object, String what, String[] words) {
    switch (what) {
      case "since" -> set(object, ago(words[2]), "metadata", "creationTimestamp");
      case "deleted" ->
          set(
              object,
              words.length > 2 ? ago(words[2]) : ago("1m"),
              "metadata",
              "deletionTimestamp");
      case "without" -> without(object, words[2]);
      case "failure" -> failure(object, "failureReason", words[2]);
      case "message" -> failure(object, "failureMessage", words[2]);
      case "phase" -> set(object, words[2], "status", "phase");
      case "annotated" ->
          set(object, words.length > 3 ? words[3] : "", "metadata", "annotations", words[2]);
      case "paused" -> set(object, "", "metadata", "annotations", "cluster.x-k8s.io/paused");
      case "suspended" -> set(object, true, "spec", "paused");
      case "ready" -> ready(object, Integer.parseInt(words[2]));
      case "uninitialized" -> initialized(object, false);
      case "rolling" -> set(object, 5, "status", "replicas");
      case "on-delete" -> {
        if (newer()) {
          set(object, "OnDelete", "spec", "rollout", "strategy", "type");
        } else {
          set(object, "OnDelete", "spec", "strategy", "type");
        }
      }
      default -> throw new IllegalArgumentException(String.join(" ", words));
    }
  }

  private static void without(Map<String, Object> machine, String what) {
    switch (what) {
      case "Node" -> under(machine, "status").remove("nodeRef");
      case "controller" -> under(machine, "metadata").remove("ownerReferences");
      case "deployment" ->
          under(machine, "metadata", "labels").remove("cluster.x-k8s.io/deployment-name");
      default -> throw new IllegalArgumentException(what);
    }
  }

  private void failure(Map<String, Object> machine, String field, String value) {
    if (newer()) {
      set(machine, value, "status", "deprecated", "v1beta1", field);
    } else {
      set(machine, value, "status", field);
    }
  }

  /** {@code Type=Status@age}, instead of an earlier one of its type. */
  private void condition(Map<String, Object> object, String told) {
    boolean apart = !newer() && NEWER.contains(told.substring(0, told.indexOf('=')));
    put(apart ? under(object, "status", "v1beta2") : under(object, "status"), told);
  }

  private static void inNode(Map<String, Object> node, String told) {
    put(under(node, "status"), told);
  }

  private static void put(Map<String, Object> status, String told) {
    String[] parts = told.split("[=@]", 3);
    List<Object> conditions = list(status, "conditions");
    conditions.removeIf(c -> c instanceof Map<?, ?> map && parts[0].equals(map.get("type")));
    Map<String, Object> condition = new LinkedHashMap<>();
    condition.put("type", parts[0]);
    condition.put("status", parts[1]);
    condition.put("reason", "Because");
    condition.put("lastTransitionTime", ago(parts[2]));
    conditions.add(condition);
  }

  private static Duration duration(String text) {
    return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
  }

  private static String ago(String text) {
    return Sample.NOW.minus(duration(text)).toString();
  }

  private static Map<String, Object> spec(Map<String, Object> object) {
    return under(object, "spec");
  }

  private static Map<String, Object> checks(Map<String, Object> object) {
    return under(object, "spec", "checks");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> under(Map<String, Object> object, String... path) {
    Map<String, Object> at = object;
    for (String step : path) {
      at = (Map<String, Object>) at.computeIfAbsent(step, k -> new LinkedHashMap<>());
    }
    return at;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Map<String, Object> in, String field) {
    return (List<Object>) in.computeIfAbsent(field, k -> new ArrayList<>());
  }

  private static void set(Map<String, Object> object, Object value, String... path) {
    String[] above = java.util.Arrays.copyOf(path, path.length - 1);
    under(object, above).put(path[path.length - 1], value);
  }

  private Cluster read() {
    ManagementReader reader = new ManagementReader(new Objects(objects.values()));
    Tree cluster = reader.clusters().items().get(0);
    List<Machine> machines = reader.machines().items();
    return Reading.cluster(
            cluster,
            machines,
            new Reach.Reached(),
            new Known.Seen<>(nodes.values().stream().map(n -> Reading.node(new Tree(n))).toList()),
            "kube-system-uid")
        .with(reader.around(cluster), Contents.NOT_LOOKED);
  }

  private record Objects(java.util.Collection<Map<String, Object>> all) implements Source {
    @Override
    public <T> Known<T> known(String group, String kind, Function<Tree, T> reading) {
      return new Known.Seen<>(
          all.stream().map(Tree::new).filter(t -> t.kind().equals(kind)).map(reading).toList());
    }
  }
}
