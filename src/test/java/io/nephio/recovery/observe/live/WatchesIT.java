package io.nephio.recovery.observe.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Sample;
import io.nephio.recovery.facts.Workload;
import io.nephio.recovery.observe.ContentsReader;
import io.nephio.recovery.servers.KubeApiServer;
import io.nephio.recovery.servers.Line;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WatchesIT {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {namespace: default, name: web}
      spec:
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: web, image: web}]}
      """;

  /** Or whatever is of that kind would be taken to be gone. */
  @Test
  void aKindThatTheServerDidNotTellOfIsNotOneThatIsNotServed() {
    AtomicInteger asked = new AtomicInteger();
    Line.Cutter firstOfApps =
        new Line.Cutter() {
          @Override
          public Optional<Line.Reply> instead(Line.Request request) {
            return request.path().equals("/apis/apps") && asked.getAndIncrement() == 0
                ? Optional.of(new Line.Reply("503 Service Unavailable", List.of(), ""))
                : Optional.empty();
          }
        };
    try (KubeApiServer server = KubeApiServer.start("workload");
        Line line = Line.to(server, server.kubeconfig(), firstOfApps);
        KubernetesClient client = client(line);
        Watches watches = new Watches(client, () -> {})) {
      server.apply(DEPLOYMENT);

      AtomicInteger looks = new AtomicInteger();
      await()
          .atMost(LONG)
          .until(
              () -> {
                Known<Workload> workloads =
                    new ContentsReader(
                            watches.at(Sample.NOW.plusMillis(looks.getAndIncrement() * 100L)))
                        .contents()
                        .workloads();
                if (workloads instanceof Known.Seen<Workload> seen) {
                  assertThat(seen.items()).hasSize(1);
                }
                return workloads instanceof Known.Seen;
              });

      assertThat(asked).as("refused once, asked again").hasValueGreaterThan(1);
    }
  }

  private static KubernetesClient client(Line line) {
    Config config = Config.fromKubeconfig(line.kubeconfig());
    config.setRequestRetryBackoffLimit(0);
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
