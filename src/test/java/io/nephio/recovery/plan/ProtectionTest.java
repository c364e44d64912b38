package io.nephio.recovery.plan;

import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.condition;
import static io.nephio.recovery.facts.Sample.contents;
import static io.nephio.recovery.facts.Sample.manager;
import static io.nephio.recovery.facts.Sample.node;
import static io.nephio.recovery.facts.Sample.pod;
import static io.nephio.recovery.facts.Sample.silent;
import static io.nephio.recovery.facts.Sample.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.ClusterSample;
import io.nephio.recovery.facts.Condition.Status;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtectionTest {
  @ParameterizedTest(name = "{0}, allowed {1}")
  @CsvSource({
    "shop, '', Propose",
    "kube-system, '', Manual",
    "config-management-system, '', Manual",
    "flux-system, '', Manual",
    "argocd, '', Manual",
    "porch-system, '', Manual",
    "porch-fn-system, '', Manual",
    "capi-kubeadm-control-plane-system, '', Manual",
    "gitea, '', Manual",
    "gitea-2, '', Propose",
    "argocd, argocd, Propose",
    "kube-system, argocd, Manual"
  })
  void whatWouldHaveToRepairTheRestIsNotTouched(String namespace, String allowed, String decided) {
    String policy = "allowedNamespaces: [" + (allowed.isEmpty() ? "" : "'" + allowed + "'") + "]";
    assertThat(told(policy, Home.NOWHERE, crashing("c", namespace))).isEqualTo(decided);
  }

  @ParameterizedTest(name = "operator in {0} of {1}, cluster {2}")
  @CsvSource({
    "shop, kube-system-uid-c, c, Manual",
    "shop, kube-system-uid-other, c, Propose",
    "shop, '', c, Propose",
    "shop, '', management, Manual",
    "recovery, kube-system-uid-c, c, Propose",
    "'', kube-system-uid-c, c, Propose"
  })
  void norIsTheOperatorsOwnNamespace(String namespace, String uid, String cluster, String decided) {
    Home home = new Home(uid, namespace, "");
    assertThat(told("includeManagementCluster: true", home, crashing(cluster, "shop")))
        .isEqualTo(decided);
  }

  private static ClusterSample crashing(String cluster, String namespace) {
    return (cluster.equals(Cluster.MANAGEMENT) ? manager() : cluster(cluster))
        .contents(contents().pods(pod("p").in(namespace).crashing(ago("PT1H"))).contents());
  }

  @ParameterizedTest(name = "operator on {0} of {1}")
  @CsvSource({
    "w1, kube-system-uid-c, Manual, Manual",
    "w2, kube-system-uid-c, Propose, Propose",
    "w1, kube-system-uid-other, Propose, Propose",
    "w1, '', Manual, Manual",
    "'', kube-system-uid-c, Propose, Propose"
  })
  void norIsTheNodeItRunsOn(String node, String uid, String replaced, String drained) {
    Home home = new Home(uid, "recovery", node);
    ClusterSample base = cluster("c").machines(worker("w1"), worker("w2"), worker("w3"));
    assertThat(told("", home, base.nodes(silent("w1", ago("PT1H"))))).isEqualTo(replaced);
    ClusterSample pressed =
        base.nodes(
                node(
                    "w1",
                    condition("Ready", Status.True, ago("PT9H")),
                    condition("DiskPressure", Status.True, ago("PT1H"))))
            .contents(contents().contents());
    assertThat(told("", home, pressed)).isEqualTo(drained);
  }

  private static String told(String policy, Home home, ClusterSample cluster) {
    return Plans.plan(policy, home, cluster).decisions().get(0).getClass().getSimpleName();
  }
}
