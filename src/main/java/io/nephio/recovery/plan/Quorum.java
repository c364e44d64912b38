package io.nephio.recovery.plan;

import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is left of a control plane once one member is removed, by the rules of KubeadmControlPlane.
 *
 * <p>etcd: the voting members that stay and are healthy must be a majority of those that stay, and
 * none may be a learner. Components: on one member that stays, all of them must be healthy. Healthy
 * is only what a condition calls True; Unknown and missing are not. The members are taken from the
 * Machines, for nobody here asks etcd itself, so KubeadmControlPlane has the last word.
 *
 * @param voting members left
 * @param healthy of them
 * @param learners members that have no vote yet
 * @param complete members left on which all components are healthy
 * @param external whether etcd lives elsewhere
 */
record Quorum(int voting, int healthy, int learners, int complete, boolean external) {
  private static final List<String> COMPONENTS =
      List.of("APIServerPodHealthy", "ControllerManagerPodHealthy", "SchedulerPodHealthy");
  private static final String ETCD_POD = "EtcdPodHealthy";
  private static final String ETCD_MEMBER = "EtcdMemberHealthy";

  /** An etcd member; one without a name has not started yet. */
  record Member(String name, boolean learner, boolean healthy) {}

  static Quorum without(Machine removed, List<Machine> members, boolean external) {
    List<Member> etcd = new ArrayList<>();
    int complete = 0;
    for (Machine machine : members) {
      if (machine.node().isPresent()) {
        etcd.add(new Member(machine.ref().name(), false, machine.says(ETCD_MEMBER, Status.True)));
      }
      if (!machine.ref().equals(removed.ref()) && complete(machine, external)) {
        complete++;
      }
    }
    Quorum quorum = of(etcd, removed.ref().name());
    return new Quorum(quorum.voting, quorum.healthy, quorum.learners, complete, external);
  }

  static Quorum of(List<Member> members, String removed) {
    int voting = 0;
    int healthy = 0;
    int learners = 0;
    for (Member member : members) {
      if (member.name().isEmpty() || member.learner()) {
        learners += member.name().equals(removed) ? 0 : 1;
      } else if (!member.name().equals(removed)) {
        voting++;
        healthy += member.healthy() ? 1 : 0;
      }
    }
    return new Quorum(voting, healthy, learners, 0, false);
  }

  /** Whether its provider reports the health of members at all. */
  static boolean reported(List<Machine> members) {
    return members.stream()
        .anyMatch(
            m ->
                Stream.concat(Stream.of(ETCD_MEMBER), COMPONENTS.stream())
                    .anyMatch(t -> m.condition(t).isPresent()));
  }

  /** Whether something of the member itself is not healthy. */
  static boolean sick(Machine member, boolean external) {
    return !complete(member, external) || (!external && !member.says(ETCD_MEMBER, Status.True));
  }

  private static boolean complete(Machine machine, boolean external) {
    return COMPONENTS.stream().allMatch(t -> machine.says(t, Status.True))
        && (external || machine.says(ETCD_POD, Status.True));
  }

  int needed() {
    return voting / 2 + 1;
  }

  boolean etcdSafe() {
    return external || (learners == 0 && healthy >= needed());
  }

  boolean safe() {
    return etcdSafe() && complete > 0;
  }

  /** {@code etcd 4 members, 3 healthy after removal, 3 needed; components healthy on 3}. */
  String text() {
    String etcd =
        external
            ? "etcd is external"
            : "etcd %d members, %d healthy after removal, %d needed"
                .formatted(voting, healthy, needed());
    return etcd + "; all components healthy on " + complete + ", 1 needed";
  }
}
