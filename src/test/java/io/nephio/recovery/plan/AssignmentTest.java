package io.nephio.recovery.plan;

import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Fleet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssignmentTest {
  private static final String SELECT = "clusterSelector: {matchExpressions: [{key: 'site', ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "operator: 'In', values: ['edge', 'core']|edge|true",
        "operator: 'In', values: ['core']|edge|false",
        "operator: 'In', values: ['core']||false",
        "operator: 'NotIn', values: ['core']|edge|true",
        "operator: 'NotIn', values: ['edge']|edge|false",
        "operator: 'NotIn', values: ['edge']||true",
        "operator: 'Exists'|edge|true",
        "operator: 'Exists'||false",
        "operator: 'DoesNotExist'|edge|false",
        "operator: 'DoesNotExist'||true",
        "operator: 'Near'|edge|false",
      })
  void selectorsAreThoseOfKubernetes(String expression, String site, boolean selected) {
    Policy policy = Policies.policy(SELECT + expression + "}]}");
    Cluster cluster =
        site == null ? cluster("c").cluster() : cluster("c").labels("site", site).cluster();

    assertThat(own(policy, cluster)).isEqualTo(selected);
  }

  @ParameterizedTest
  @CsvSource({
    "'', default, true",
    "'', other, false",
    "'clusterNamespaces: [\"*\"]', other, true",
    "'clusterNamespaces: [\"other\"]', other, true",
    "'clusterNamespaces: [\"other\"]', default, false",
  })
  void namespacesAreThePolicysOwnUnlessSaid(String fields, String namespace, boolean selected) {
    assertThat(own(Policies.policy(fields), cluster("c").namespace(namespace).cluster()))
        .isEqualTo(selected);
  }

  @ParameterizedTest
  @CsvSource({"PT2H, b, PT1H, a, b", "PT1H, b, PT2H, a, a", "PT1H, b, PT1H, a, a"})
  void theOldestActsAndTheOtherIsTold(
      String ageOfOne, String one, String ageOfOther, String other, String acting) {
    Policy first = Policies.policy("default", one, ago(ageOfOne), "");
    Policy second = Policies.policy("default", other, ago(ageOfOther), "");
    Policy winner = one.equals(acting) ? first : second;
    Policy loser = one.equals(acting) ? second : first;
    Fleet fleet = new Fleet(List.of(cluster("c").cluster()));
    Assignment assignment = new Assignment(List.of(first, second));

    assertThat(assignment.of(winner, fleet).clusters()).hasSize(1);
    assertThat(assignment.of(loser, fleet).clusters()).isEmpty();
    assertThat(assignment.lost(winner, fleet)).isEmpty();
    assertThat(assignment.lost(loser, fleet)).hasSize(1);
  }

  @Test
  void matchLabelsAndExpressionsMustBothHold() {
    Policy policy =
        Policies.policy(
            "clusterSelector: {matchLabels: {tier: 'x'}, matchExpressions: [{key: 'site', operator:"
                + " 'Exists'}]}");

    assertThat(own(policy, cluster("c").labels("tier", "x", "site", "y").cluster())).isTrue();
    assertThat(own(policy, cluster("c").labels("tier", "x").cluster())).isFalse();
    assertThat(own(policy, cluster("c").labels("site", "y").cluster())).isFalse();
  }

  private static boolean own(Policy policy, Cluster cluster) {
    return !new Assignment(List.of(policy))
        .of(policy, new Fleet(List.of(cluster)))
        .clusters()
        .isEmpty();
  }
}
