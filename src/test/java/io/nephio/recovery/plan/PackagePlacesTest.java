package io.nephio.recovery.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Management;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.facts.PorchRepository;
import io.nephio.recovery.facts.Sample;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Given this policy and what Porch has registered, the packages are looked for there. */
class PackagePlacesTest {
  private static final String SERVER = "http://gitea.example:3000/git/";
  private static final String OURS = "http://gitea.example:3000/git/edge/one.git";

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "''                          | none | nephio/edge01",
        "''                          | http://gitea.example:3000/git/edge/one.git | edge/one deployed packages",
        "''                          | HTTP://GITEA.example:3000/git/edge/one/ | edge/one deployed packages",
        "''                          | http://bot:secret@gitea.example:3000/git/edge/one | edge/one deployed packages",
        "workloadRepository: 'o/{cluster}' | http://gitea.example:3000/git/edge/one.git | o/edge01",
        "workloadRepository: 'nephio/{cluster}' | http://gitea.example:3000/git/edge/one.git | nephio/edge01",
        "workloadRepository: 'o/{namespace}-{cluster}' | none | o/default-edge01",
        "workloadRepository: 'nephio/mgmt', branch: 'next' | none | nephio/mgmt next",
        "'' | http://gitea.example/git/edge/one.git | - Porch's Repository porch/edge01 is on"
            + " gitea.example:80, which is not the operator's Git server",
        "'' | https://bot:secret@github.com/edge/one.git | - Porch's Repository porch/edge01 is on"
            + " github.com:443, which is not the operator's Git server",
        "'' | http://gitea.example:3000/edge/one.git | - Porch's Repository porch/edge01 is on"
            + " gitea.example:3000, which is not the operator's Git server",
        "'' | http://gitea.example:3000/git/one.git | - Porch's Repository porch/edge01 has an"
            + " address that does not end in owner/name",
        "'' | http://gitea.example:3000/git/edge/a/b | - Porch's Repository porch/edge01 has an"
            + " address that does not end in owner/name",
        "'' | http://gitea.example:3000/git/../one | - Porch's Repository porch/edge01 has an"
            + " address that does not end in owner/name",
        "'' | http://gitea.example:3000/git/edge/..git | - Porch's Repository porch/edge01 has an"
            + " address that does not end in owner/name",
        "'' | git@gitea.example:edge/one.git | - Porch's Repository porch/edge01 has no http or"
            + " https address",
        "'' | '' | - Porch's Repository porch/edge01 has no http or https address",
      })
  void ofACluster(String fields, String registered, String place) {
    Cluster cluster =
        Sample.cluster("edge01")
            .registered(
                registered == null
                    ? new PorchRepository[0]
                    : new PorchRepository[] {repository("porch", registered)})
            .cluster();
    assertThat(told(places(fields, SERVER), cluster)).isEqualTo(place);
  }

  @Test
  void whereNoServerIsKnownTheNameAloneCounts() {
    Cluster cluster = Sample.cluster("edge01").registered(repository("porch", OURS)).cluster();
    assertThat(told(places("", ""), cluster))
        .isEqualTo(
            "- Porch's Repository porch/edge01 has an address that does not end in owner/name");
    cluster =
        Sample.cluster("edge01")
            .registered(repository("porch", "https://anywhere/edge/one.git"))
            .cluster();
    assertThat(told(places("", ""), cluster)).isEqualTo("edge/one deployed packages");
  }

  @Test
  void ofSeveralNoneIsTaken() {
    Cluster cluster =
        Sample.cluster("edge01")
            .registered(repository("porch", OURS), repository("default", OURS))
            .cluster();
    assertThat(told(places("", SERVER), cluster))
        .isEqualTo(
            "- Porch has several Repository objects of this cluster: default/edge01, porch/edge01");
    assertThat(told(places("workloadRepository: 'o/n'", SERVER), cluster)).isEqualTo("o/n");
  }

  @Test
  void whatCannotBeReadIsNotTakenForNothing() {
    Cluster unread = Sample.cluster("edge01").management(Management.NOT_LOOKED).cluster();
    assertThat(told(places("", SERVER), unread))
        .isEqualTo("- Porch's Repository objects cannot be read");
    assertThat(told(places("workloadRepository: 'o/n'", SERVER), unread)).isEqualTo("o/n");
  }

  private static PackagePlaces places(String fields, String server) {
    return new PackagePlaces(Policies.policy(fields), server);
  }

  private static PorchRepository repository(String namespace, String address) {
    ObjectRef ref =
        new ObjectRef("config.porch.kpt.dev/v1alpha1", "Repository", namespace, "edge01", "u");
    return new PorchRepository(ref, address, "deployed", "packages");
  }

  private static String told(PackagePlaces places, Cluster cluster) {
    if (places.of(cluster) instanceof PackagePlace.At at) {
      return Stream.of(at.repository(), at.base(), at.directory())
          .filter(text -> !text.isEmpty())
          .reduce((a, b) -> a + " " + b)
          .orElse("");
    }
    return "- " + ((PackagePlace.Nowhere) places.of(cluster)).why();
  }
}
