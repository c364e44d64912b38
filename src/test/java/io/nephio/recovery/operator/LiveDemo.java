package io.nephio.recovery.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.Remediation;
import io.nephio.recovery.servers.ClusterApiControllers;
import io.nephio.recovery.servers.GiteaServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What {@code deploy/demo --live} shows: a Node that dies in a cluster made by Cluster API's own
 * controllers, the pull request for it, and after the merge the Machine that takes its place.
 */
final class LiveDemo {
  static final String NAMESPACE = "fleet";
  static final String CLUSTER = "edge01";
  private static final int NOT_MERGED = 1;
  private static final Duration LONG = Duration.ofMinutes(5);

  private final Stage stage;
  private final boolean asks;
  private final PrintStream out;

  LiveDemo(Stage stage, boolean asks, PrintStream out) {
    this.stage = stage;
    this.asks = asks;
    this.out = out;
  }

  public static void main(String[] arguments) {
    boolean asks = !Arrays.asList(arguments).contains("--yes");
    System.out.println(
        "\n# Starting etcd and kube-apiserver, Gitea and the controllers of Cluster API");
    int code = 0;
    try (Stage stage = new Stage(Optional.empty(), GiteaServer.Version.NEPHIO);
        ClusterApiControllers controllers = ClusterApiControllers.start(stage.management)) {
      LiveDemo demo = new LiveDemo(stage, asks, System.out);
      demo.print("management cluster  " + stage.management.url());
      demo.print("Gitea               " + stage.gitea.url());
      demo.say("Cluster API makes " + CLUSTER + ": one control-plane Machine and four workers");
      try (RealCluster cluster = new RealCluster(stage, NAMESPACE, CLUSTER, 1, 4)) {
        if (!demo.tell(cluster)) {
          code = NOT_MERGED;
        }
      } catch (ConditionTimeoutException e) {
        System.err.println(controllers.log());
        throw e;
      }
    }
    System.exit(code);
  }

  /** Whether it was merged. */
  boolean tell(RealCluster cluster) {
    table(cluster);
    stage.policy(NAMESPACE, "fleet");
    stage.start();
    GenericKubernetesResource sick = cluster.machines(false).get(0);
    say("The Node of Machine " + sick.getMetadata().getName() + " dies");
    cluster.nodeDies(sick);
    Remediation proposed = stage.await(NAMESPACE, Phase.Proposed);
    say("The operator has changed nothing, and asks");
    show(proposed);
    if (!merge(proposed)) {
      return false;
    }
    Stage.waiting()
        .atMost(LONG)
        .until(() -> stage.remediation(NAMESPACE).status().phase() == Phase.Succeeded);
    say("Replaced, once");
    table(cluster);
    print("");
    stage
        .changes()
        .forEach(
            e ->
                print(
                    "the operator, in the management cluster: "
                        + e.verb()
                        + " "
                        + e.resource()
                        + " "
                        + e.name()));
    print("Remediation " + proposed.getMetadata().getName() + ": Succeeded");
    return true;
  }

  private void table(RealCluster cluster) {
    String row = "%-40s %-14s %-10s %s";
    print(row.formatted("MACHINE", "ROLE", "PHASE", "NODE"));
    for (boolean controlPlane : List.of(true, false)) {
      for (GenericKubernetesResource machine : cluster.machines(controlPlane)) {
        String name = machine.getMetadata().getName();
        String role = controlPlane ? "control plane" : "worker";
        String phase = machine.get("status", "phase");
        print(row.formatted(name, role, phase, RealCluster.node(machine)));
      }
    }
  }

  private void show(Remediation proposed) {
    JsonNode pull = stage.approver.pull(proposed);
    print(pull.at("/html_url").asText());
    print("");
    print(pull.at("/title").asText());
    print("");
    print(pull.at("/body").asText().replaceAll("\n*<!--.*?-->\n*", ""));
  }

  /** Not without a key, where one is asked for. */
  private boolean merge(Remediation proposed) {
    if (asks) {
      say("Press Enter to merge it as " + Stage.APPROVER);
      if (!isEntered(System.in)) {
        say("Not merged: the input ended before Enter was pressed. With --yes nobody is asked");
        return false;
      }
    }
    say(Stage.APPROVER + " merges");
    stage.approver.merge(proposed);
    return true;
  }

  static boolean isEntered(InputStream in) {
    try {
      return in.read() >= 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void say(String text) {
    print("\n# " + text);
  }

  private void print(String text) {
    out.println(text);
  }
}
