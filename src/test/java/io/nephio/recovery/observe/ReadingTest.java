package io.nephio.recovery.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.Reach;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.JsonSchema;

class ReadingTest {
  private static final String V1BETA1 = "cluster.x-k8s.io/v1beta1";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {phase: Running}                                                     |             |
          {phase: Failed}                                                      | Failed      | ''
          {phase: Failed, failureReason: ''}                                   | Failed      | ''
          {failureReason: UpdateError, failureMessage: gone}                   | UpdateError | gone
          {failureMessage: gone}                                               | Failed      | gone
          {deprecated: {v1beta1: {failureReason: CreateError}}}                | CreateError | ''
          {failureReason: [not, text]}                                         |             |
          """)
  void failureIsWhereEitherContractPutsIt(String status, String reason, String message) {
    Machine machine = Reading.machine(machine("{}", status));
    if (reason == null) {
      assertThat(machine.failure()).isEmpty();
    } else {
      assertThat(machine.failure()).contains(new Machine.Failure(reason, message));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                              | false | false |
          {labels: {cluster.x-k8s.io/control-plane: ''}}                  | true  | false |
          {labels: {cluster.x-k8s.io/deployment-name: md}}                | false | false | MachineDeployment/md
          {ownerReferences: [{kind: MachineSet, name: s}]}                | false | false |
          {ownerReferences: [{kind: MachineSet, name: s, controller: true}]} | false | true | MachineSet/s
          """)
  void ownersAreTheTopOnes(
      String metadata, boolean controlPlane, boolean controller, String owner) {
    Machine machine = Reading.machine(machine(metadata, "{}"));
    assertThat(machine.controlPlane()).isEqualTo(controlPlane);
    assertThat(machine.controller()).isEqualTo(controller);
    assertThat(machine.owner().map(o -> o.kind() + "/" + o.name()).orElse(null)).isEqualTo(owner);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                           | {}              | false
          {}                                                           | {paused: true}  | true
          {}                                                           | {paused: false} | false
          {annotations: {cluster.x-k8s.io/paused: ''}}                 | {}              | true
          {annotations: {cluster.x-k8s.io/paused: 'false'}}            | {}              | true
          """)
  void pausedIsTheFieldOrTheMereAnnotation(String metadata, String spec, boolean paused) {
    Tree tree = yaml("{kind: Cluster, metadata: %s, spec: %s}".formatted(metadata, spec));
    assertThat(cluster(tree, List.of()).paused()).isEqualTo(paused);
  }

  @ParameterizedTest
  @CsvSource({"'\"True\"', True", "'\"False\"', False", "Unknown, Unknown", "other, Unknown"})
  void aConditionThatIsNotClearIsUnknown(String status, Condition.Status expected) {
    Tree tree =
        yaml("{kind: Node, status: {conditions: [{type: Ready, status: %s}]}}".formatted(status));
    assertThat(Reading.node(tree).ready().map(Condition::status)).contains(expected);
  }

  @Test
  void theListOfTheObjectsOwnContractComesFirst() {
    Machine machine =
        Reading.machine(
            machine(
                "{}",
                """
                {conditions: [{type: Ready, status: "True"}], v1beta2: {conditions:
                [{type: Ready, status: "False"}, {type: NodeReady, status: "False"}]}}"""));
    assertThat(machine.condition("Ready").map(Condition::status)).contains(Condition.Status.True);
    assertThat(machine.condition("NodeReady")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{metadata: [], spec: text, status: 3}",
        "{metadata: {labels: [], name: {}, creationTimestamp: yesterday}, status: {conditions: {}}}",
        "{status: {conditions: [null, text, {type: [Ready]}, {status: 'True'}], nodeRef: []}}"
      })
  void nothingThatPeopleWriteIsThrownAt(String text) {
    Tree tree = yaml(text);
    assertThat(Reading.machine(tree).conditions()).isEmpty();
    assertThat(Reading.node(tree).conditions()).isEmpty();
    assertThat(cluster(tree, List.of()).infrastructureReady()).isEmpty();
  }

  @Test
  void machinesBelongToAClusterByNamespaceAndName() {
    Tree tree = yaml("{kind: Cluster, metadata: {namespace: a, name: c}}");
    Cluster cluster =
        cluster(
            tree,
            List.of(
                Reading.machine(
                    yaml("{metadata: {namespace: a, name: m}, spec: {clusterName: c}}")),
                Reading.machine(
                    yaml("{metadata: {namespace: b, name: m}, spec: {clusterName: c}}")),
                Reading.machine(
                    yaml("{metadata: {namespace: a, name: n}, spec: {clusterName: d}}"))));
    assertThat(cluster.machines()).extracting(m -> m.ref().toString()).containsOnlyOnce(" a/m");
    assertThat(cluster.machines()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"v1.14.2/one-worker-unhealthy", "v1.14.2/worker-being-deleted", "v1.14.2/paused"})
  void bothVersionsOfRealObjectsSayTheSame(String state) throws IOException {
    List<Machine> old = machines(state + "/machines.v1beta1.yaml");
    List<Machine> now = machines(state + "/machines.v1beta2.yaml");
    assertThat(old).isNotEmpty();
    assertThat(now).map(ReadingTest::told).isEqualTo(old.stream().map(ReadingTest::told).toList());
    List<Cluster> clusters = clusters(state + "/clusters.v1beta1.yaml", old);
    assertThat(clusters(state + "/clusters.v1beta2.yaml", now))
        .map(c -> List.of(c.ref(), c.paused(), c.deleting(), c.machines().size()))
        .isEqualTo(
            clusters.stream()
                .map(c -> List.of(c.ref(), c.paused(), c.deleting(), c.machines().size()))
                .toList());
    assertThat(clusters).anyMatch(c -> !c.machines().isEmpty());
    assertThat(clusters).allMatch(c -> c.paused() == state.endsWith("paused"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1.14.2/one-worker-unhealthy", "v1.8.4/one-worker-unhealthy"})
  void theSickNodeOfARealClusterIsTheNodeOfOneWorker(String state) throws IOException {
    List<Machine> machines = machines(state + "/machines.v1beta1.yaml");
    assertThat(machines).allMatch(Machine::controller).anyMatch(Machine::controlPlane);
    assertThat(objects(state + "/nodes.yaml").stream().map(Reading::node).filter(n -> !n.isReady()))
        .singleElement()
        .satisfies(
            n ->
                assertThat(machines)
                    .filteredOn(m -> m.node().filter(n.ref().name()::equals).isPresent())
                    .singleElement()
                    .matches(m -> !m.controlPlane() && m.owner().isPresent()));
  }

  private static List<Object> told(Machine machine) {
    return List.of(
        machine.ref().toString(),
        machine.ref().uid(),
        machine.cluster(),
        machine.created(),
        machine.deleting(),
        machine.controlPlane(),
        machine.controller(),
        machine.owner().map(o -> o.kind() + o.name()),
        machine.phase(),
        machine.node(),
        machine.failure());
  }

  private static Tree machine(String metadata, String status) {
    return yaml(
        "{apiVersion: %s, kind: Machine, metadata: %s, status: %s}"
            .formatted(V1BETA1, metadata, status));
  }

  private static Cluster cluster(Tree tree, List<Machine> machines) {
    return Reading.cluster(tree, machines, new Reach.NotTried(), new Known.NotLooked<>(), "");
  }

  private static List<Machine> machines(String resource) throws IOException {
    return objects(resource).stream().map(Reading::machine).toList();
  }

  private static List<Cluster> clusters(String resource, List<Machine> machines)
      throws IOException {
    return objects(resource).stream().map(c -> cluster(c, machines)).toList();
  }

  private static List<Tree> objects(String resource) throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(
            ReadingTest.class.getResourceAsStream("/golden/" + resource), resource)) {
      Tree tree = Tree.of(load().loadFromInputStream(stream)).orElseThrow();
      return tree.has("items") ? tree.list("items") : List.of(tree);
    }
  }

  private static Tree yaml(String text) {
    Object value = load().loadFromString(text);
    return Tree.of(value).orElseGet(() -> new Tree(Map.of()));
  }

  private static Load load() {
    return new Load(LoadSettings.builder().setSchema(new JsonSchema()).build());
  }
}
