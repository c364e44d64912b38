package io.nephio.recovery.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Management;
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
