package io.nephio.recovery.servers;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The real controllers of a cluster: kube-controller-manager, kube-scheduler and, in place of the
 * kubelets, kwok. A node or a pod gets a fault by the label {@code test/fault}.
 */
public final class Controllers implements AutoCloseable {
  private static final String FAULT = "test/fault";

  private final KubeApiServer server;
  private final Path bin = Servers.folder("controllers");
  private final Path folder;
  private final List<ServerProcess> processes = new ArrayList<>();

  private Controllers(KubeApiServer server) {
    this.server = server;
    try {
      folder = Files.createTempDirectory("controllers-");
      Files.writeString(folder.resolve("kubeconfig"), server.kubeconfig());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Controllers start(KubeApiServer server) {
    Controllers started = new Controllers(server);
    started.run("kube-controller-manager", "--profiling=false");
    started.run("kube-scheduler", "--profiling=false");
    started.kwok();
    return started;
  }

  private void run(String name, String flag) {
    String kubeconfig = folder.resolve("kubeconfig").toString();
    process(
        name,
        "--kubeconfig=" + kubeconfig,
        "--authentication-kubeconfig=" + kubeconfig,
        "--authorization-kubeconfig=" + kubeconfig,
        "--bind-address=127.0.0.1",
        "--secure-port=" + ServerProcess.freePort(),
        "--cert-dir=" + folder,
        "--leader-elect=false",
        "--kube-api-qps=300",
        "--kube-api-burst=300",
        flag);
  }

  private void kwok() {
    process(
        "kwok",
        "--kubeconfig=" + folder.resolve("kubeconfig"),
        "--config=" + bin.resolve("stages.yaml"),
        "--manage-nodes-with-label-selector=type=kwok",
        "--node-ip=127.0.0.1",
        "--cidr=10.244.0.0/16",
        "--node-lease-duration-seconds=40",
        "--server-address=127.0.0.1:" + ServerProcess.freePort());
  }

  private void process(String name, String... flags) {
    List<String> command = new ArrayList<>(List.of(bin.resolve(name).toString()));
    command.addAll(List.of(flags));
    processes.add(ServerProcess.start(folder.resolve(name + ".log"), command));
  }

  /** A node that becomes Ready in a moment. */
  public Node node(String name) {
    return server
        .client()
        .resource(
            new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("type", "kwok")
                .addToLabels("kubernetes.io/hostname", name)
                .endMetadata()
                .build())
        .create();
  }

  /** Gives a node a fault, or takes it away where it is null. */
  public void nodeFault(String node, String fault) {
    server
        .client()
        .nodes()
        .withName(node)
        .edit(
            n ->
                new NodeBuilder(n)
                    .editMetadata()
                    .removeFromLabels(FAULT)
                    .addToLabels(fault == null ? "test/well" : FAULT, fault == null ? "" : fault)
                    .endMetadata()
                    .build());
  }

  /** The same for a pod. */
  public void podFault(String namespace, String pod, String fault) {
    server
        .client()
        .pods()
        .inNamespace(namespace)
        .withName(pod)
        .edit(
            p -> {
              p.getMetadata().getLabels().remove(FAULT);
              if (fault != null) {
                p.getMetadata().getLabels().put(FAULT, fault);
              }
              return p;
            });
  }

  /** What they wrote last, for whoever asks why nothing happens. */
  public String log() {
    return String.join("\n", processes.stream().map(ServerProcess::tail).toList());
  }

  @Override
  public void close() {
    processes.forEach(p -> p.stop(java.time.Duration.ofMillis(500)));
    ServerProcess.delete(folder);
  }
}
