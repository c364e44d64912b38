package io.nephio.recovery.servers;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.WebhookConversion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Cluster API's own controllers with its provider of clusters in memory, their webhooks and
 * conversions, on a management cluster. The API servers of those clusters are on an address of
 * loopback that nobody else has.
 */
public final class ClusterApiControllers implements AutoCloseable {
  private static final List<String> MANAGERS =
      List.of("core", "bootstrap-kubeadm", "controlplane-kubeadm", "test-infrastructure-docker");

  /** The managers run beside the cluster and not in it, and their certificates are made here. */
  private static final Set<String> LEFT_OUT =
      Set.of("Deployment", "Service", "Certificate", "Issuer");

  private static final Duration START = Duration.ofMinutes(2);

  private final KubeApiServer server;
  private final Authority authority = new Authority("webhooks");
  private final Path bin = Servers.folder("capi-controllers");
  private final Path folder;
  private final String address = address();
  private final List<ServerProcess> processes = new ArrayList<>();

  private ClusterApiControllers(KubeApiServer server) {
    this.server = server;
    try {
      folder = Files.createTempDirectory("capi-");
      Authority.Identity identity = authority.server();
      Files.writeString(folder.resolve("kubeconfig"), server.kubeconfig());
      Files.writeString(folder.resolve("tls.crt"), identity.certificate());
      Files.writeString(folder.resolve("tls.key"), identity.key());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static ClusterApiControllers start(KubeApiServer server) {
    ClusterApiControllers started = new ClusterApiControllers(server);
    MANAGERS.forEach(started::run);
    return started;
  }

  private static String address() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return "127." + random.nextInt(1, 255) + "." + random.nextInt(1, 255) + ".2";
  }

  private void run(String manager) {
    int webhooks = ServerProcess.freePort();
    int health = ServerProcess.freePort();
    install(bin.resolve(manager + ".yaml"), "https://127.0.0.1:" + webhooks);
    ServerProcess process =
        ServerProcess.start(
            folder.resolve(manager + ".log"),
            List.of(
                "env",
                "KUBECONFIG=" + folder.resolve("kubeconfig"),
                "POD_IP=" + address,
                bin.resolve(manager).toString(),
                "--webhook-port=" + webhooks,
                "--webhook-cert-dir=" + folder,
                "--health-addr=127.0.0.1:" + health,
                "--diagnostics-address=0"));
    processes.add(process);
    await(manager)
        .atMost(START)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptionsInstanceOf(IOException.class)
        .failFast(process::assertRunning)
        .until(() -> ready("http://127.0.0.1:" + health + "/readyz"));
  }

  private static boolean ready(String url) throws IOException {
    var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
  }

  private void install(Path manifests, String webhooks) {
    try (InputStream stream = Files.newInputStream(manifests)) {
      for (HasMetadata item : server.client().load(stream).items()) {
        if (!LEFT_OUT.contains(item.getKind())) {
          called(item, webhooks);
          server.client().resource(item).fieldManager("test").forceConflicts().serverSideApply();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By address, for there is no Service. */
  private void called(HasMetadata item, String webhooks) {
    if (item instanceof CustomResourceDefinition definition) {
      WebhookConversion webhook =
          definition.getSpec().getConversion() == null
              ? null
              : definition.getSpec().getConversion().getWebhook();
      if (webhook != null) {
        var called = webhook.getClientConfig();
        called.setUrl(webhooks + called.getService().getPath());
        called.setService(null);
        called.setCaBundle(bundle());
      }
    }
    if (item instanceof MutatingWebhookConfiguration mutating) {
      mutating.getWebhooks().forEach(w -> called(w.getClientConfig(), webhooks));
    }
    if (item instanceof ValidatingWebhookConfiguration validating) {
      validating.getWebhooks().forEach(w -> called(w.getClientConfig(), webhooks));
    }
  }

  private void called(WebhookClientConfig config, String webhooks) {
    config.setUrl(webhooks + config.getService().getPath());
    config.setService(null);
    config.setCaBundle(bundle());
  }

  private String bundle() {
    return Base64.getEncoder()
        .encodeToString(authority.certificate().getBytes(StandardCharsets.UTF_8));
  }

  /** What they wrote last, for whoever asks why nothing happens. */
  public String log() {
    return String.join("\n", processes.stream().map(ServerProcess::tail).toList());
  }

  @Override
  public void close() {
    processes.forEach(p -> p.stop(Duration.ofMillis(500)));
    ServerProcess.delete(folder);
  }
}
