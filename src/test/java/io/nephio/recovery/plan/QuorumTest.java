package io.nephio.recovery.plan;

import static io.nephio.recovery.facts.Sample.controlPlane;
import static io.nephio.recovery.facts.Sample.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.MachineSample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The tables of KubeadmControlPlane. A member is written as h (healthy), u (not healthy), l (a
 * learner), s (not started, without a name), - (a Machine that is no member); the first is removed.
 */
class QuorumTest {
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "one member,                                   u,       false",
    "two and no other failure,                     uh,      true",
    "two and the removed is no member,             -h,      true",
    "two and one other failure,                    uu,      false",
    "three and no other failure,                   uhh,     true",
    "three and the removed is no member,           -hh,     true",
    "three and one other failure,                  uuh,     false",
    "three and another is no member,               u-h,     true",
    "three and both are no members,                --h,     true",
    "four and no other failure,                    uhhh,    true",
    "four and one other failure,                   uuhh,    true",
    "four and two other failures,                  uuuh,    false",
    "five and no other failure,                    uhhhh,   true",
    "five and one other failure,                   uuhhh,   true",
    "five with quorum though one is no member,     u-uhh,   true",
    "five and two other failures,                  uuuhh,   false",
    "seven and no other failure,                   uhhhhhh, true",
    "seven and two other failures,                 uuuhhhh, true",
    "seven with quorum though one is no member,    u-uuhhh, true",
    "seven and three other failures,               uuuuhhh, false",
    "a learner,                                    ul,      false",
    "a learner beside enough voters,               uhhl,    false",
    "a learner is removed itself,                  lh,      true",
    "a member that has not started,                us,      false",
    "a healthy one of three is removed,            hhh,     true",
    "a healthy one while another fails,            huh,     false"
  })
  void etcdKeepsAMajorityWithoutTheRemoved(String what, String members, boolean safe) {
    List<Quorum.Member> all = new ArrayList<>();
    for (int i = 0; i < members.length(); i++) {
      char kind = members.charAt(i);
      if (kind != '-') {
        all.add(new Quorum.Member(kind == 's' ? "" : "m" + i, kind == 'l', kind == 'h'));
      }
    }
    assertThat(Quorum.of(all, "m0").etcdSafe()).as(what).isEqualTo(safe);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "all well,                       True,    True,    true",
    "the others' components fail,    True,    False,   false",
    "nobody knows of the others,     True,    Unknown, false",
    "etcd of the others fails,       False,   True,    false",
    "nobody knows of their etcd,     Unknown, True,    false"
  })
  void componentsMustBeHealthyOnAnother(String what, Status etcd, Status components, boolean safe) {
    Machine removed = controlPlane("m0").conditions(member(Status.False, Status.False)).machine();
    List<Machine> members = List.of(removed, other("m1", etcd, components).machine());
    assertThat(Quorum.without(removed, members, false).safe()).as(what).isEqualTo(safe);
  }

  @ParameterizedTest
  @CsvSource({"False, True, true", "True, False, false"})
  void ofAnExternalEtcdOnlyTheComponentsCount(Status etcd, Status components, boolean safe) {
    Machine removed = controlPlane("m0").machine();
    List<Machine> members = List.of(removed, other("m1", etcd, components).machine());
    assertThat(Quorum.without(removed, members, true).safe()).isEqualTo(safe);
  }

  private static MachineSample other(String name, Status etcd, Status components) {
    return controlPlane(name).conditions(member(etcd, components));
  }
}
