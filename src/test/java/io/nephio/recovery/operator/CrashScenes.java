package io.nephio.recovery.operator;

import static io.nephio.recovery.operator.Approver.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.Remediation;
import io.nephio.recovery.operator.CrashStory.Left;
import io.nephio.recovery.operator.CrashStory.Scene;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What happens around an operator that ends again and again, without controllers. */
record CrashScenes(Stage stage) {

  List<CrashPlot> plots() {
    return Stream.concat(acts().stream(), answers().stream()).toList();
  }

  /** The two of a CRD are called by words of one length: the ledger cuts long names. */
  private List<CrashPlot> acts() {
    return List.of(
        new CrashPlot(
            "worker",
            this::worker,
            CrashScenes::replaced,
            List.of(
                "before management DELETE .*/machines/",
                "after management DELETE .*/machines/",
                "after gitea POST .*/git-receive-pack$",
                "after gitea POST .*/pulls$")),
        new CrashPlot(
            "plane",
            this::member,
            CrashScenes::remediated,
            List.of(
                "after management POST .*/machinehealthchecks$",
                "after management PATCH .*/machines/",
                "after management DELETE .*/machinehealthchecks/")),
        new CrashPlot(
            "flux",
            this::synced,
            CrashScenes::awaited,
            List.of("after management PATCH .*/remediations/.* WaitingForSync$")),
        new CrashPlot(
            "crds",
            this::definition,
            left -> assertThat(left.changes()).containsEntry("patch customresourcedefinitions", 1L),
            List.of("after workload PATCH .*/customresourcedefinitions/")));
  }

  /** What may be answered to a proposal but yes. */
  private List<CrashPlot> answers() {
    return List.of(
        new CrashPlot(
            "held",
            this::held,
            left -> assertThat(left.changes()).containsEntry("delete machines", 1L),
            List.of()),
        new CrashPlot(
            "closed",
            this::closed,
            CrashScenes::unchanged,
            List.of(
                "before gitea GET .*/timeline",
                "after management PATCH .*/remediations/.* Rejected$")),
        new CrashPlot(
            "healed",
            this::healed,
            CrashScenes::unchanged,
            List.of(
                "after gitea PATCH .*/pulls/. closed$",
                "after management PATCH .*/remediations/.* Healed$")),
        new CrashPlot(
            "weakened",
            this::weakened,
            CrashScenes::unchanged,
            List.of("before gitea GET .*/pulls/./commits")));
  }

  private static void replaced(Left left) {
    assertThat(left.changes())
        .containsEntry("delete machines", 1L)
        .containsEntry("patch nodes", 1L)
        .containsEntry("create remediations", 1L);
    assertThat(left.pulls()).containsExactly("closed, merged true, commits 1, comments 1");
    assertThat(left.receipts()).isEqualTo(1);
  }

  private static void remediated(Left left) {
    assertThat(left.changes())
        .containsEntry("create machinehealthchecks", 1L)
        .containsEntry("patch machines", 1L)
        .containsEntry("delete machinehealthchecks", 1L);
  }

  private static void awaited(Left left) {
    assertThat(left.changes()).containsOnlyKeys("create remediations");
    assertThat(left.history()).contains(Phase.WaitingForSync);
  }

  private static void unchanged(Left left) {
    assertThat(left.changes()).containsOnlyKeys("create remediations");
    assertThat(left.pulls()).singleElement().asString().endsWith("comments 1");
  }

  /** A worker's Node dies; the Machine that is deleted for it is replaced. */
  Scene worker(String namespace, String cluster) {
    return new Dead(namespace, cluster);
  }

  private class Dead implements Scene {
    final Workers workers;
    private boolean replaced;

    Dead(String namespace, String cluster) {
      workers = stage.workers(namespace, cluster, 4);
      stage.policy(namespace, "fleet");
    }

    @Override
    public void fail() {
      workers.nodeDies(1);
    }

    @Override
    public void play() {
      if (!replaced && isGoing(workers.machines().get(1))) {
        workers.replaced(1, workers.name(1) + "-new");
        replaced = true;
      }
    }
  }

  /** The pull request is held when it is merged, until it is known to be. */
  private Scene held(String namespace, String cluster) {
    return new Dead(namespace, cluster) {
      private boolean released;

      @Override
      public void review(Stage stage, Remediation proposed) {
        stage.approver.hold(proposed);
        stage.approver.merge(proposed);
      }

      @Override
      public void play() {
        super.play();
        if (!released
            && !stage.remediations().isEmpty()
            && stage.blocked(namespace).filter(c -> c.getReason().equals("Held")).isPresent()) {
          stage.approver.release(stage.remediation(namespace));
          released = true;
        }
      }
    };
  }

  /** The pull request is closed. */
  private Scene closed(String namespace, String cluster) {
    return new Dead(namespace, cluster) {
      @Override
      public void review(Stage stage, Remediation proposed) {
        stage.gitea.as(
            Stage.APPROVER,
            "PATCH",
            "/repos/" + Stage.REPOSITORY + "/pulls/" + number(proposed),
            Map.of("state", "closed"));
      }

      @Override
      public Phase end() {
        return Phase.Rejected;
      }
    };
  }

  /** The Node is back before anybody has looked. */
  private Scene healed(String namespace, String cluster) {
    return new Dead(namespace, cluster) {
      @Override
      public void review(Stage stage, Remediation proposed) {
        workers.nodeRecovers(1);
      }

      @Override
      public Phase end() {
        return Phase.Healed;
      }
    };
  }

  /** The record is made to ask for nothing, and merged. */
  private Scene weakened(String namespace, String cluster) {
    return new Dead(namespace, cluster) {
      @Override
      public void review(Stage stage, Remediation proposed) {
        stage.approver.edit(proposed, "action: \"ReplaceNode\"", "action: \"None\"");
        stage.approver.merge(proposed);
      }

      @Override
      public Phase end() {
        return Phase.Rejected;
      }
    };
  }

  /** A member of a control plane, which its own controller replaces when it is asked to. */
  private Scene member(String namespace, String cluster) {
    Members members = Members.of(stage, namespace, cluster);
    stage.policy(namespace, "fleet");
    return new Scene() {
      private boolean replaced;

      @Override
      public void fail() {
        members.nodeDies(1);
      }

      @Override
      public void play() {
        if (!replaced && isApproved(members.read(1))) {
          members.remediated(1, cluster + "-cp-d");
          replaced = true;
        }
      }
    };
  }

  /** A CustomResourceDefinition that a package holds is not there. */
  private Scene definition(String namespace, String cluster) {
    String plural = plural(namespace);
    stage.gitea.createFile(
        Stage.REPOSITORY, "main", "crds/" + plural + ".yaml", CrdStoriesIT.manifest(plural, "v1"));
    stage.workers(namespace, cluster, 1);
    return () ->
        stage.policy(
            namespace,
            "fleet",
            "workloadRepository: " + Stage.REPOSITORY + "\n",
            "criticalCRDs: {workload: [" + plural + ".example.com]}\n");
  }

  /** The same where Flux applies the package. */
  private Scene synced(String namespace, String cluster) {
    String plural = plural(namespace);
    SyncStoriesIT.engines(stage.workload);
    String url = "http://gitea.gitea.svc:3000/" + Stage.REPOSITORY;
    SyncStoriesIT.FLUX.forEach(object -> stage.workload.apply(object.replace("@url@", url)));
    Scene missing = definition(namespace, cluster);
    return new Scene() {
      private boolean applied;

      @Override
      public void fail() {
        missing.fail();
      }

      @Override
      public void play() {
        if (!applied
            && stage.remediations().stream()
                .anyMatch(r -> r.status().phase() == Phase.WaitingForSync)) {
          stage.workload.apply(CrdStoriesIT.manifest(plural, "v1"));
          SyncStoriesIT.status(
              stage.workload,
              SyncStoriesIT.FLUX_DONE,
              stage.remediation(namespace).status().approval().mergeCommit());
          applied = true;
        }
      }

      @Override
      public void clear() {
        SyncStoriesIT.nothingApplies(stage.workload);
      }
    };
  }

  private static String plural(String namespace) {
    return namespace.replace("-", "") + "s";
  }

  private static boolean isApproved(GenericKubernetesResource machine) {
    return machine.getMetadata().getLabels().containsKey("recovery.nephio.io/approved");
  }

  private boolean isGoing(GenericKubernetesResource machine) {
    Resource<GenericKubernetesResource> resource = stage.management.client().resource(machine);
    GenericKubernetesResource now = resource.get();
    return now != null && now.getMetadata().getDeletionTimestamp() != null;
  }
}
