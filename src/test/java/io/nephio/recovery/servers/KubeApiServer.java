package io.nephio.recovery.servers;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionSpec;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.nephio.recovery.clusters.ServedGroup;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.core.TerminalFailureException;
import org.jspecify.annotations.Nullable;

/**
 * A real etcd and kube-apiserver with RBAC and an audit log. There is no controller manager, so
 * namespaces are never finally deleted, owners take nothing with them and no service account is
 * made.
 */
public final class KubeApiServer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final ListOptions CACHED =
      new ListOptionsBuilder().withResourceVersion("0").build();
  private static final Set<KubeApiServer> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(KubeApiServer::close)));
  }

  private final Path bin = Servers.folder("kube");
  private final List<String> flags;
  private final Path folder;
  private final Authority authority;
  private final int etcdPort = ServerProcess.freePort();
  private final int peerPort = ServerProcess.freePort();
  private final int port = ServerProcess.freePort();
  private final List<KubernetesClient> clients = new CopyOnWriteArrayList<>();
  private final AuditLog audit;
  private final String kubeconfig;
  private final KubernetesClient client;
  private @Nullable ServerProcess etcd;
  private @Nullable ServerProcess apiServer;

  private KubeApiServer(String name, String... flags) {
    this.flags = List.of(flags);
    authority = new Authority(name);
    try {
      folder = Files.createTempDirectory(name + "-");
      Authority.Identity server = authority.server();
      Files.writeString(folder.resolve("ca.crt"), authority.certificate());
      Files.writeString(folder.resolve("server.crt"), server.certificate());
      Files.writeString(folder.resolve("server.key"), server.key());
      Files.writeString(folder.resolve("accounts.key"), Authority.privateKey());
      Files.writeString(folder.resolve("audit.yaml"), AuditLog.POLICY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    audit = new AuditLog(folder.resolve("audit.log"));
    kubeconfig = kubeconfig("admin", "system:masters");
    client = connect(kubeconfig);
  }

  /** Starts a server with nothing in it; flags are for kube-apiserver and win over those here. */
  public static KubeApiServer start(String name, String... flags) {
    try {
      return startOnce(name, flags);
    } catch (TerminalFailureException died) {
      // Somebody took a port between its choice and its use; other ports, once.
      try {
        return startOnce(name, flags);
      } catch (RuntimeException | Error e) {
        e.addSuppressed(died);
        throw e;
      }
    }
  }

  private static KubeApiServer startOnce(String name, String... flags) {
    KubeApiServer server = new KubeApiServer(name, flags);
    RUNNING.add(server);
    try {
      server.restart();
      return server;
    } catch (RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  public String url() {
    return "https://127.0.0.1:" + port;
  }

  /** A client that may do everything; it is closed with the server. */
  public KubernetesClient client() {
    return client;
  }

  /** A client of a user who may do what RBAC grants; it is closed with the server. */
  public KubernetesClient client(String user, String... groups) {
    return connect(kubeconfig(user, groups));
  }

  public Config config() {
    return config(kubeconfig);
  }

  public String kubeconfig() {
    return kubeconfig;
  }

  public String kubeconfig(String user, String... groups) {
    return authority.kubeconfig(url(), user, groups);
  }

  /** Every request answered so far, oldest first, without those the server sent to itself. */
  public List<AuditEntry> audit() {
    return audit.entries();
  }

  /** The requests that match, as soon as there is one. */
  public List<AuditEntry> awaitAudit(Predicate<AuditEntry> wanted) {
    return await("the audit log")
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> audit().stream().filter(wanted).toList(), found -> !found.isEmpty());
  }

  /** As an informer asks for it, which is served last. */
  public void awaitServed(Class<? extends HasMetadata> kind) {
    await(kind.getSimpleName())
        .ignoreExceptions()
        .until(() -> client.resources(kind).inAnyNamespace().list(CACHED) != null);
  }

  /** Applies CustomResourceDefinitions; a group is known before its kinds are served. */
  public void install(String definitions) {
    apply(definitions);
    for (HasMetadata item : items(definitions)) {
      CustomResourceDefinitionSpec kinds = ((CustomResourceDefinition) item).getSpec();
      await(item.getMetadata().getName())
          .ignoreExceptions()
          .until(() -> isServed(kinds.getGroup(), kinds.getNames().getKind()));
    }
  }

  private boolean isServed(String group, String kind) {
    return ServedGroup.discover(client, group)
        .flatMap(served -> served.kind(kind))
        .map(served -> client.genericKubernetesResources(served).inAnyNamespace().list(CACHED))
        .isPresent();
  }

  public void apply(Path yaml) {
    try {
      apply(Files.readString(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Applies every object in the text, server side. */
  public void apply(String yaml) {
    for (HasMetadata item : items(yaml)) {
      client.resource(item).fieldManager("test").forceConflicts().serverSideApply();
    }
  }

  private List<HasMetadata> items(String yaml) {
    byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
    return client.load(new ByteArrayInputStream(bytes)).items();
  }

  /** Breaks every connection; the data stays for {@link #restart}. */
  public void stop() {
    stop(GRACE);
  }

  /** Starts again on the same data and ports. */
  public void restart() {
    stop();
    etcd = ServerProcess.start(folder.resolve("etcd.log"), etcdCommand());
    apiServer = ServerProcess.start(folder.resolve("kube-apiserver.log"), apiServerCommand());
    awaitReady(etcd, apiServer);
  }

  /** Leaves connections open and answers nothing until {@link #resume}. */
  public void pause() {
    running().signal("STOP");
  }

  public void resume() {
    running().signal("CONT");
  }

  @Override
  public void close() {
    clients.forEach(KubernetesClient::close);
    stop(Duration.ofMillis(500));
    RUNNING.remove(this);
    ServerProcess.delete(folder);
  }

  private ServerProcess running() {
    if (apiServer == null) {
      throw new IllegalStateException("stopped");
    }
    return apiServer;
  }

  private void stop(Duration grace) {
    if (apiServer != null) {
      apiServer.stop(grace);
      apiServer = null;
    }
    if (etcd != null) {
      etcd.stop(grace);
      etcd = null;
    }
  }

  private void awaitReady(ServerProcess... processes) {
    Config once = new ConfigBuilder(config()).withRequestRetryBackoffLimit(0).build();
    try (KubernetesClient probe = new KubernetesClientBuilder().withConfig(once).build()) {
      await("kube-apiserver ready")
          .atMost(START)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(50))
          .failFast(() -> List.of(processes).forEach(ServerProcess::assertRunning))
          .ignoreExceptions()
          .until(
              () ->
                  "ok".equals(probe.raw("/readyz"))
                      && probe.namespaces().withName("default").get() != null);
    }
  }

  private KubernetesClient connect(String text) {
    KubernetesClient made = new KubernetesClientBuilder().withConfig(config(text)).build();
    clients.add(made);
    return made;
  }

  private static Config config(String text) {
    Config config = Config.fromKubeconfig(text);
    config.setHttp2Disable(true);
    config.setNoProxy(new String[] {"127.0.0.1"});
    return config;
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private List<String> etcdCommand() {
    String client = "http://127.0.0.1:" + etcdPort;
    String peer = "http://127.0.0.1:" + peerPort;
    return List.of(
        bin.resolve("etcd").toString(),
        "--name=test",
        "--data-dir=" + file("etcd"),
        "--unsafe-no-fsync",
        "--log-level=warn",
        "--listen-client-urls=" + client,
        "--advertise-client-urls=" + client,
        "--listen-peer-urls=" + peer,
        "--initial-advertise-peer-urls=" + peer,
        "--initial-cluster=test=" + peer);
  }

  private List<String> apiServerCommand() {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            bin.resolve("kube-apiserver").toString(),
            "--etcd-servers=http://127.0.0.1:" + etcdPort,
            "--bind-address=127.0.0.1",
            "--secure-port=" + port,
            "--advertise-address=127.0.0.1",
            "--endpoint-reconciler-type=none",
            "--service-cluster-ip-range=10.0.0.0/24",
            "--tls-cert-file=" + file("server.crt"),
            "--tls-private-key-file=" + file("server.key"),
            "--client-ca-file=" + file("ca.crt"),
            "--authorization-mode=RBAC",
            "--allow-privileged=true",
            "--profiling=false",
            "--service-account-issuer=https://kubernetes.default.svc",
            "--service-account-key-file=" + file("accounts.key"),
            "--service-account-signing-key-file=" + file("accounts.key"),
            "--disable-admission-plugins=ServiceAccount",
            "--audit-policy-file=" + file("audit.yaml"),
            "--audit-log-path=" + file("audit.log")));
    command.addAll(flags);
    return command;
  }
}
