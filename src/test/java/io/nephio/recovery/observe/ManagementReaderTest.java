package io.nephio.recovery.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Management;
import io.nephio.recovery.yaml.Limits;
import io.nephio.recovery.yaml.Yaml;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagementReaderTest {
  private static final Map<String, Object> REF =
      Map.of("apiVersion", "example.io/v1", "kind", "ManagedPlane", "name", "one");

  private static final Tree CLUSTER =
      new Tree(
          Map.of(
              "metadata", Map.of("name", "edge01", "namespace", "default"),
              "spec", Map.of("infrastructureRef", REF, "controlPlaneRef", REF)));

  private static final Tree PLANE =
      new Tree(
          Map.of(
              "apiVersion",
              "example.io/v1",
              "kind",
              "ManagedPlane",
              "metadata",
              Map.of("name", "one", "namespace", "default"),
              "status",
              Map.of("ready", true)));

  /** Holds one object, and keeps the facts it was first read as. */
  private static final class Keeping implements Source {
    private final Map<String, Known<?>> facts = new HashMap<>();

    @Override
    @SuppressWarnings("unchecked")
    public <T> Known<T> known(String group, String kind, Function<Tree, T> reading) {
      return kind.equals("ManagedPlane")
          ? (Known<T>)
              facts.computeIfAbsent(kind, k -> new Known.Seen<>(List.of(reading.apply(PLANE))))
          : new Known.NotLooked<>();
    }
  }

  @Test
  void oneObjectMayBeInfrastructureAndControlPlane() {
    Management around = new ManagementReader(new Keeping()).around(CLUSTER);

    assertThat(around.infra().items())
        .singleElement()
        .satisfies(i -> assertThat(i.ref().name()).isEqualTo("one"));
    assertThat(around.theControlPlane().orElseThrow().ref().kind()).isEqualTo("ManagedPlane");
  }

  /** Porch's Repository objects as they are written: which of them are this Cluster's. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: git, deployment: true, git: {repo: http://g/o/n}} | http://g/o/n main ''",
        "{type: git, deployment: true, git: {repo: http://g/o/n, branch: b, directory: /d/e/}}"
            + " | http://g/o/n b 'd/e'",
        "{type: git, deployment: true, git: {repo: http://g/o/n, directory: ./}}"
            + " | http://g/o/n main ''",
        "{type: git, deployment: false, git: {repo: http://g/o/n}} |",
        "{type: git, git: {repo: http://g/o/n}} |",
        "{type: oci, deployment: true, oci: {registry: r}} |",
      })
  void onlyAGitRepositoryThatIsDeployedCounts(String spec, String read) {
    Source source = repositories(Map.of("default/edge01", spec));
    assertThat(new ManagementReader(source).around(CLUSTER).repositories().items())
        .extracting(r -> r.address() + " " + r.branch() + " '" + r.directory() + "'")
        .containsExactlyElementsOf(read == null ? List.of() : List.of(read));
  }

  @Test
  void aRepositoryBearsTheClustersNameButNotBesideAnotherClusterOfThatName() {
    String spec = "{type: git, deployment: true, git: {repo: http://g/o/n}}";
    Source source =
        repositories(
            Map.of("porch/edge01", spec, "other/edge01", spec, "default/edge02", spec), "other");
    assertThat(new ManagementReader(source).around(CLUSTER).repositories().items())
        .extracting(Object::toString)
        .containsExactly("porch/edge01");
  }

  @ParameterizedTest
  @CsvSource({"true, NotLooked", "false, Seen"})
  void porchThatIsNotInstalledHasRegisteredNothing(boolean served, String known) {
    Source source =
        new Source() {
          @Override
          public <T> Known<T> known(String group, String kind, Function<Tree, T> reading) {
            return new Known.NotLooked<>();
          }

          @Override
          public boolean serves(String group, String kind) {
            return served;
          }
        };
    assertThat(
            new ManagementReader(source).around(CLUSTER).repositories().getClass().getSimpleName())
        .isEqualTo(known);
  }

  /** Clusters of one name in these namespaces, and Porch's Repository objects. */
  private static Source repositories(Map<String, String> byName, String... namespaces) {
    return new Source() {
      @Override
      public <T> Known<T> known(String group, String kind, Function<Tree, T> reading) {
        return new Known.Seen<>(
            switch (kind) {
              case "Repository" ->
                  byName.entrySet().stream()
                      .map(e -> reading.apply(named(e.getKey(), e.getValue())))
                      .toList();
              case "Cluster" ->
                  Stream.of(namespaces)
                      .map(n -> reading.apply(named(n + "/edge01", "{}")))
                      .toList();
              default -> List.<T>of();
            });
      }
    };
  }

  private static Tree named(String name, String spec) {
    String[] parts = name.split("/", 2);
    return new Tree(
        Map.of(
            "apiVersion",
            "config.porch.kpt.dev/v1alpha1",
            "metadata",
            Map.of("namespace", parts[0], "name", parts[1]),
            "spec",
            Yaml.read(spec, Limits.OBJECTS).get(0).value()));
  }

  /** What a version is called says nothing of the contract: providers count their own. */
  @ParameterizedTest
  @CsvSource({"Ready, Ready", "Ready Available, Available"})
  void readyCountsWhereNothingNewerIsTold(String types, String read) {
    List<Map<String, String>> conditions =
        Stream.of(types.split(" ")).map(t -> Map.of("type", t, "status", "False")).toList();
    Tree plane =
        new Tree(
            Map.of(
                "apiVersion",
                "controlplane.cluster.x-k8s.io/v1beta2",
                "kind",
                "AWSManagedControlPlane",
                "metadata",
                Map.of("name", "one", "namespace", "default"),
                "status",
                Map.of("conditions", conditions)));
    assertThat(ManagementReading.controlPlane(plane).conditions())
        .extracting(Condition::type)
        .containsExactly(read);
  }
}
