package io.nephio.recovery.clusters;

import static io.nephio.recovery.facts.Sample.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.nephio.recovery.facts.ClusterRef;
import io.nephio.recovery.facts.Reach;
import io.nephio.recovery.servers.KubeApiServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One server is both: it keeps the Secret, and it is the cluster that the Secret leads to. */
class ConnectionIT {
  private static final ClusterRef EDGE = new ClusterRef("edge", "one");
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final String TOKEN = "t0ken-of-nobody";

  @AutoClose private static KubeApiServer server;
  private static String uid;
  private Connections connections;

  @BeforeAll
  static void start() {
    server = KubeApiServer.start("management");
    server
        .client()
        .resource(new NamespaceBuilder().withNewMetadata().withName("edge").endMetadata().build())
        .create();
    uid = server.client().namespaces().withName("kube-system").get().getMetadata().getUid();
  }

  @BeforeEach
  void connect() {
    connections = new Connections(server.client());
    secret(server.kubeconfig());
  }

  @AfterEach
  void disconnect() {
    connections.close();
    server.client().secrets().inNamespace("edge").withName("one-kubeconfig").delete();
  }

  @Test
  void whoeverIsReachedSaysWhoItIs() {
    Contact contact = connections.contact(EDGE, NOW);

    assertThat(contact.reach()).isEqualTo(new Reach.Reached());
    assertThat(contact.kubeSystemUid()).isEqualTo(uid);
    assertThat(contact.client().orElseThrow().namespaces().withName("edge").get()).isNotNull();
    assertThat(connections.contact(EDGE, LATER).client()).isEqualTo(contact.client());
  }

  enum Wrong {
    token {
      @Override
      String kubeconfig(String right) {
        return right.replaceFirst("user: \\{[^}]*}", "user: {token: " + TOKEN + "}");
      }
    },
    user {
      @Override
      String kubeconfig(String right) {
        return server.kubeconfig("nobody");
      }
    },
    authority {
      @Override
      String kubeconfig(String right) {
        try (KubeApiServer other = KubeApiServer.start("other")) {
          return other.kubeconfig().replace(other.url(), server.url());
        }
      }
    },
    certificate {
      @Override
      String kubeconfig(String right) {
        return right.replaceFirst(
            "client-certificate-data: [^,]*", "client-certificate-data: bm90aGluZw==");
      }
    },
    address {
      @Override
      String kubeconfig(String right) {
        return right.replace(server.url(), "https://[oops");
      }
    },
    text {
      @Override
      String kubeconfig(String right) {
        return TOKEN;
      }
    };

    abstract String kubeconfig(String right);
  }

  @ParameterizedTest
  @CsvSource({
    "token, 401",
    "user, 403",
    "authority, ''",
    "certificate, ''",
    "address, ''",
    "text, ''"
  })
  void aKubeconfigThatDoesNotFitIsNoOutage(Wrong wrong, String code) {
    String kubeconfig = wrong.kubeconfig(server.kubeconfig());
    assertThat(kubeconfig.equals(server.kubeconfig())).isFalse();
    secret(kubeconfig);

    Contact first = connections.contact(EDGE, NOW);
    Contact second = connections.contact(EDGE, LATER);

    assertThat(first.reach())
        .isInstanceOfSatisfying(
            Reach.CredentialProblem.class,
            problem -> {
              assertThat(problem.since()).isEqualTo(NOW);
              assertThat(problem.text()).contains(code).doesNotContain(TOKEN, "\n");
            });
    assertThat(second.reach()).isEqualTo(first.reach());
    assertThat(first.client()).isEmpty();

    secret(server.kubeconfig());
    assertThat(connections.contact(EDGE, LATER).kubeSystemUid()).isEqualTo(uid);
  }

  @Test
  void aSecretThatIsMissingIsNamed() {
    server.client().secrets().inNamespace("edge").withName("one-kubeconfig").delete();

    assertThat(connections.contact(EDGE, NOW).reach())
        .isEqualTo(new Reach.Unreachable(NOW, "Secret edge/one-kubeconfig does not exist"));

    secret(server.kubeconfig());
    assertThat(connections.contact(EDGE, LATER).reach()).isEqualTo(new Reach.Reached());
  }

  @Test
  void aSecretWithoutItsKeyIsNamed() {
    server
        .client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace("edge")
                .withName("two-kubeconfig")
                .endMetadata()
                .addToStringData("kubeconfig", server.kubeconfig())
                .build())
        .serverSideApply();

    assertThat(connections.contact(new ClusterRef("edge", "two"), NOW).reach())
        .isEqualTo(new Reach.Unreachable(NOW, "Secret edge/two-kubeconfig has no key value"));
  }

  @Test
  void anOutageHasOneBeginningAndAnEnd() {
    try (KubeApiServer workload = KubeApiServer.start("workload")) {
      secret(workload.kubeconfig());
      assertThat(connections.contact(EDGE, NOW).reach()).isEqualTo(new Reach.Reached());

      workload.stop();
      for (int i = 1; i <= 3; i++) {
        assertThat(connections.contact(EDGE, NOW.plusSeconds(i)).reach())
            .isInstanceOfSatisfying(
                Reach.Unreachable.class,
                down -> assertThat(down.since()).isEqualTo(NOW.plusSeconds(1)));
      }

      workload.restart();
      assertThat(connections.contact(EDGE, LATER).reach()).isEqualTo(new Reach.Reached());
    }
  }

  @Test
  void aServerThatHangsCostsSecondsOnly() {
    try (KubeApiServer workload = KubeApiServer.start("workload")) {
      secret(workload.kubeconfig());
      assertThat(connections.contact(EDGE, NOW).reach()).isEqualTo(new Reach.Reached());

      workload.pause();
      try {
        long begin = System.nanoTime();
        assertThat(connections.contact(EDGE, LATER).reach()).isInstanceOf(Reach.Unreachable.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(18));
      } finally {
        workload.resume();
      }
    }
  }

  @Test
  void aClusterThatIsForgottenIsAskedAnew() {
    KubernetesClient before = connections.contact(EDGE, NOW).client().orElseThrow();

    connections.retain(Set.of());

    assertThat(connections.contact(EDGE, LATER).client().orElseThrow()).isNotSameAs(before);
  }

  private static void secret(String kubeconfig) {
    server
        .client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace("edge")
                .withName("one-kubeconfig")
                .endMetadata()
                .addToStringData("value", kubeconfig)
                .build())
        .forceConflicts()
        .serverSideApply();
  }
}
