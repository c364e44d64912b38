package io.nephio.recovery.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.nephio.recovery.clusters.Trouble;
import io.nephio.recovery.operator.Endpoint;
import io.nephio.recovery.operator.RecoveryOperator;
import io.nephio.recovery.operator.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The live pass: for as long as the process lives. */
@Command(
    name = "operator",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Watches the clusters, proposes repairs as pull requests, and carries out what is merged.",
    footerHeading = "%nEnvironment:%n",
    footer = {
      "  GIT_SERVER_URL        the Gitea server's address; required (or GIT_URL)",
      "  GIT_SECRET_NAME       Secret with username and password; git-user-secret",
      "  GIT_SECRET_NAMESPACE  its namespace (or GIT_NAMESPACE); POD_NAMESPACE",
      "  POD_NAMESPACE         home of the leader lease and of its memory; default",
      "  POD_NAME              identity in the lease; the host's name and a random part",
      "  NODE_NAME             the Node it runs on, which it then leaves alone; none",
      "  GIT_AUTHOR_NAME, GIT_AUTHOR_EMAIL, GIT_COMMITTER_NAME, GIT_COMMITTER_EMAIL",
      "                        who commits, and signs off",
      "",
      "It watches the cluster it runs in as management cluster; outside of one, the",
      "current context of the kubeconfig."
    })
final class OperatorCommand implements Callable<Integer> {

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description = "port of /metrics, /healthz and /readyz; 0 for any (default: ${DEFAULT-VALUE})")
  int port = 8080;

  @Option(
      names = "--http-host",
      paramLabel = "HOST",
      description = "address to listen on (default: ${DEFAULT-VALUE})")
  String host = "0.0.0.0";

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = Settings.of(System.getenv());
    tellProgress();
    KubernetesClient management = new KubernetesClientBuilder().withConfig(config()).build();
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try {
      RecoveryOperator operator =
          RecoveryOperator.start(management, settings, meters, OperatorCommand::end);
      Endpoint endpoint = listen(meters, operator);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    endpoint.close();
                    operator.close();
                    management.close();
                  },
                  "shutdown"));
    } catch (KubernetesClientException e) {
      throw new IllegalArgumentException(
          "the management cluster " + management.getMasterUrl() + ": " + Trouble.text(e));
    }
    new CountDownLatch(1).await();
    return 0;
  }

  private Endpoint listen(PrometheusMeterRegistry meters, RecoveryOperator operator) {
    try {
      return Endpoint.start(new InetSocketAddress(host, port), meters, operator::ready);
    } catch (IOException e) {
      operator.close();
      throw new IllegalArgumentException(
          "--http-port: cannot listen on " + host + ":" + port + ": " + e.getMessage());
    }
  }

  /** HTTP/2 would turn a 401 into a broken connection on Java 17. */
  private static Config config() {
    Config config = Config.autoConfigure(null);
    config.setHttp2Disable(true);
    return config;
  }

  /** What another process may do already, this one must not go on with for a moment. */
  private static void end() {
    Runtime.getRuntime().halt(1);
  }

  private static void tellProgress() {
    if (LoggerFactory.getLogger("io.nephio.recovery") instanceof Logger logger) {
      logger.setLevel(Level.INFO);
    }
  }
}
