package io.nephio.recovery.operator;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.nephio.recovery.api.ClusterPolicy;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.Remediation;
import io.nephio.recovery.deploy.Shipped;
import io.nephio.recovery.servers.AuditEntry;
import io.nephio.recovery.servers.ClusterApi;
import io.nephio.recovery.servers.GiteaServer;
import io.nephio.recovery.servers.KubeApiServer;
import io.nephio.recovery.servers.Line;
import io.nephio.recovery.servers.Nodes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/**
 * A management cluster, a workload cluster and a Gitea, all real, and the operator between them.
 * The operator is a user of its own on each, so that the audit logs tell what it did; on the
 * management cluster it is the ServiceAccount that deploy/base makes, with no more than that
 * grants.
 */
final class Stage implements AutoCloseable {
  static final String OPERATOR = Shipped.USER;
  static final String REPOSITORY = "nephio/mgmt";
  static final String APPROVER = "alice";
  static final String BOT = "nephio-recovery";
  static final String BOT_PASSWORD = "bot-7f3a91";

  private static final String QUICK =
      """
      clusterSelector: {}
      nodeNotReadyThreshold: 1s
      shortInterval: 1s
      longInterval: 1s
      nodePressureThreshold: 1s
      podCrashThreshold: 1s
      stabilization: 1s
      """;
  private static final List<String> READS = List.of("get", "list", "watch");

  final KubeApiServer management = KubeApiServer.start("management");
  final KubeApiServer workload = KubeApiServer.start("workload");
  final GiteaServer gitea;
  final Approver approver;
  @Nullable ClusterApi capi;
  final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final AtomicBoolean lost = new AtomicBoolean();
  private final List<GenericKubernetesResource> clusters = new ArrayList<>();
  private @Nullable RecoveryOperator operator;

  /** Of the machine that the operator runs on. */
  InstantSource clock = InstantSource.system();

  Stage() {
    this(Optional.of(ClusterApi.Line.V1BETA1), GiteaServer.Version.NEPHIO);
  }

  /**
   * Sets it up.
   *
   * @param line of Cluster API; empty to install it later
   */
  Stage(Optional<ClusterApi.Line> line, GiteaServer.Version version) {
    gitea = GiteaServer.start(version);
    approver = new Approver(gitea);
    line.ifPresent(this::install);
    management.apply(Shipped.text());
    gitea.createUser(APPROVER, "alice-password");
    gitea.createUser(BOT, BOT_PASSWORD);
    repository(REPOSITORY);
    secret(Map.of("username", BOT, "password", BOT_PASSWORD));
    management.awaitServed(Remediation.class);
    management.awaitServed(ClusterPolicy.class);
  }

  void install(ClusterApi.Line line) {
    capi = ClusterApi.install(management, line);
  }

  /** A repository with a first commit, in which the approver may merge. */
  void repository(String name) {
    gitea.createRepository(name, true);
    gitea.collaborator(name, APPROVER, "write");
    gitea.collaborator(name, BOT, "write");
  }

  void secret(Map<String, String> content) {
    management
        .client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(Shipped.NAMESPACE)
                .withName("git-user-secret")
                .endMetadata()
                .withStringData(content)
                .build())
        .forceConflicts()
        .serverSideApply();
  }

  void noSecret() {
    management
        .client()
        .secrets()
        .inNamespace(Shipped.NAMESPACE)
        .withName("git-user-secret")
        .delete();
  }

  /** With everything as quick as it can be set, unless it is said otherwise. */
  void policy(String namespace, String name, String... more) {
    String text =
        """
        apiVersion: recovery.nephio.io/v1alpha1
        kind: ClusterPolicy
        metadata: {namespace: %s, name: %s}
        spec:
        """
            .formatted(namespace, name);
    String said = String.join("", more);
    String quick =
        QUICK
            .lines()
            .filter(line -> said.lines().noneMatch(m -> m.startsWith(line.split(" ", 2)[0])))
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    management.apply(text + (quick + said).indent(2));
  }

  void start() {
    start(gitea.url());
  }

  void start(String gitServer) {
    start(Shipped.client(management), gitServer);
  }

  /** Over a line that may be cut; the client does not try again what it got no answer to. */
  void start(Line line, String gitServer) {
    Config config =
        new ConfigBuilder(Config.fromKubeconfig(line.kubeconfig()))
            .withHttp2Disable(true)
            .withRequestRetryBackoffLimit(0)
            .build();
    start(new KubernetesClientBuilder().withConfig(config).build(), gitServer);
  }

  /** A second one beside the first would have its name, and both would lead. */
  private void start(KubernetesClient client, String gitServer) {
    stop();
    Map<String, String> environment = Shipped.environment("recovery-operator-0");
    environment.put("GIT_SERVER_URL", gitServer);
    operator =
        RecoveryOperator.start(
            client, Settings.of(environment), meters, () -> lost.set(true), clock);
  }

  Line managementLine(Line.Cutter cutter) {
    return Line.to(
        management,
        management.kubeconfig(
            OPERATOR, "system:serviceaccounts", "system:serviceaccounts:" + Shipped.NAMESPACE),
        cutter);
  }

  Line workloadLine(Line.Cutter cutter) {
    return Line.to(workload, workload.kubeconfig(OPERATOR, "system:masters"), cutter);
  }

  void kubeconfig(String namespace, String cluster, String text) {
    capi.kubeconfig(
        clusters.stream()
            .filter(c -> c.getMetadata().getName().equals(cluster))
            .filter(c -> c.getMetadata().getNamespace().equals(namespace))
            .findFirst()
            .orElseThrow(),
        text);
  }

  void stop() {
    if (operator != null) {
      operator.close();
      operator = null;
    }
  }

  /** What it would be without what it remembers. */
  void forget() {
    management
        .client()
        .configMaps()
        .inNamespace(Shipped.NAMESPACE)
        .withLabel("app.kubernetes.io/name", "recovery-operator")
        .delete();
  }

  boolean remembers(String name) {
    return management.client().configMaps().inNamespace(Shipped.NAMESPACE).withName(name).get()
        != null;
  }

  /** A cluster whose workers are all Ready; their Nodes are called as they are. */
  Workers workers(String namespace, String cluster, int count) {
    GenericKubernetesResource object = cluster(namespace, cluster);
    GenericKubernetesResource set =
        capi.machineSet(capi.machineDeployment(object, cluster + "-md-0", count));
    List<GenericKubernetesResource> machines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = cluster + "-md-0-" + (i < 26 ? "" + (char) ('a' + i) : "n" + i);
      machines.add(capi.workerMachine(set, name));
      Nodes.put(workload.client(), name, "True", Instant.now().minusSeconds(600));
    }
    return new Workers(this, namespace, set, machines);
  }

  GenericKubernetesResource cluster(String namespace, String name) {
    GenericKubernetesResource object = capi.cluster(namespace, name);
    clusters.add(object);
    capi.kubeconfig(object, workload.kubeconfig(OPERATOR, "system:masters"));
    return object;
  }

  /** What one story leaves behind is not the next one's. */
  void clear() {
    stop();
    management.client().resources(ClusterPolicy.class).inAnyNamespace().delete();
    management.client().resources(Remediation.class).inAnyNamespace().delete();
    workload.client().nodes().delete();
    clusters.forEach(cluster -> capi.release(cluster));
    clusters.forEach(cluster -> management.client().resource(cluster).delete());
    clusters.clear();
  }

  List<Remediation> remediations() {
    return management.client().resources(Remediation.class).inAnyNamespace().list().getItems();
  }

  Remediation remediation(String namespace) {
    List<Remediation> found =
        management.client().resources(Remediation.class).inNamespace(namespace).list().getItems();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " remediations in " + namespace);
    }
    return found.get(0);
  }

  /** The one in this phase; where it ends another may follow at once. */
  Remediation await(String namespace, Phase phase) {
    return waiting()
        .until(
            () ->
                remediations().stream()
                    .filter(r -> r.getMetadata().getNamespace().equals(namespace))
                    .filter(r -> r.status().phase() == phase)
                    .toList(),
            found -> found.size() == 1)
        .get(0);
  }

  /** Of a worker whose Node has died, while the operator stands still. */
  Remediation mergedUnseen(String namespace, String cluster) {
    Workers workers = workers(namespace, cluster, 4);
    policy(namespace, "fleet");
    start();
    workers.nodeDies(0);
    Remediation proposed = await(namespace, Phase.Proposed);
    stop();
    approver.merge(proposed);
    return proposed;
  }

  /** What holds the only remediation of a namespace back. */
  Optional<Condition> blocked(String namespace) {
    return Conditions.find(remediation(namespace).status().conditions(), "Blocked");
  }

  ClusterPolicy readPolicy(String namespace, String name) {
    return management
        .client()
        .resources(ClusterPolicy.class)
        .inNamespace(namespace)
        .withName(name)
        .get();
  }

  List<Event> events(String namespace, String about) {
    return management
        .client()
        .events()
        .v1()
        .events()
        .inNamespace(namespace)
        .list()
        .getItems()
        .stream()
        .filter(e -> e.getRegarding().getName().equals(about))
        .toList();
  }

  /** Waits until the operator has asked the workload cluster who it is so many times more. */
  void passes(int count) {
    long before = asked();
    waiting().until(() -> asked() >= before + count);
  }

  long asked() {
    return workload.audit().stream()
        .filter(e -> e.user().equals(OPERATOR) && e.name().equals("kube-system"))
        .count();
  }

  /** Every attempt of the operator to evict a pod, but for the questions whether it may. */
  List<AuditEntry> evictions() {
    return workload.audit().stream()
        .filter(e -> e.user().equals(OPERATOR) && e.subresource().equals("eviction"))
        .filter(e -> !e.uri().contains("dryRun=All"))
        .toList();
  }

  List<AuditEntry> deletedMachines() {
    return management.audit().stream()
        .filter(e -> e.verb().equals("delete") && e.resource().equals("machines"))
        .toList();
  }

  /** Whatever the operator changed in clusters: anything but its own records of it. */
  List<AuditEntry> changes() {
    Predicate<AuditEntry> own =
        e ->
            List.of(
                        "remediations",
                        "clusterpolicies",
                        "configmaps",
                        "events",
                        "leases",
                        "selfsubjectrulesreviews")
                    .contains(e.resource())
                || READS.contains(e.verb());
    List<AuditEntry> all = new ArrayList<>(management.audit());
    all.addAll(workload.audit());
    return all.stream().filter(e -> e.user().equals(OPERATOR) && !own.test(e)).toList();
  }

  /** Everything that the operator changed, its own records too. */
  List<AuditEntry> everythingDone() {
    List<AuditEntry> all = new ArrayList<>(management.audit());
    all.addAll(workload.audit());
    return all.stream()
        .filter(e -> e.user().equals(OPERATOR) && !READS.contains(e.verb()))
        .toList();
  }

  static ConditionFactory waiting() {
    return org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100));
  }

  @Override
  public void close() {
    stop();
    gitea.close();
    workload.close();
    management.close();
  }
}
