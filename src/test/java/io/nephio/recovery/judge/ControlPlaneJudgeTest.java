package io.nephio.recovery.judge;

import static io.nephio.recovery.facts.Sample.ago;
import static io.nephio.recovery.facts.Sample.cluster;
import static io.nephio.recovery.facts.Sample.condition;
import static io.nephio.recovery.facts.Sample.controlPlane;
import static io.nephio.recovery.facts.Sample.plane;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Condition.Status;
import io.nephio.recovery.facts.ControlPlaneSample;
import io.nephio.recovery.facts.MachineSample;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ControlPlaneJudgeTest {
  private static final Instant HOUR = ago("PT1H");
  private static final String DUE = "ControlPlaneUnhealthy kcp 60m Due";

  private static Condition because(String type, Status status, String reason) {
    return new Condition(type, status, reason, "", Optional.of(HOUR));
  }

  static Stream<Arguments> planes() {
    MachineSample well = controlPlane("cp1");
    MachineSample ill = controlPlane("cp1").conditions(condition("Ready", Status.False, HOUR));
    return Stream.of(
        arguments("healthy", plane(), well, ""),
        arguments("too few replicas", plane().ready(2, 3), ill, DUE),
        arguments(
            "too few and only the whole tells when",
            plane().ready(2, 3).conditions(condition("MachinesReady", Status.False, HOUR)),
            well,
            DUE),
        arguments(
            "too few and it cannot grow",
            plane().ready(2, 3).conditions(condition("ScalingUp", Status.True, HOUR)),
            well,
            DUE),
        arguments(
            "too few of late", plane().ready(2, 3), well, "ControlPlaneUnhealthy kcp 0m Pending"),
        arguments(
            "not available",
            plane().conditions(because("Available", Status.False, "No")),
            well,
            DUE),
        arguments(
            "nobody knows",
            plane().conditions(because("Available", Status.Unknown, "No")),
            well,
            DUE),
        arguments(
            "an old provider",
            plane().conditions(because("Ready", Status.False, "Bad")),
            well,
            DUE),
        arguments(
            "growing", plane().conditions(because("Ready", Status.False, "ScalingUp")), well, ""),
        arguments(
            "upgraded",
            plane().rollingOut().conditions(because("Ready", Status.False, "Whatever")),
            well,
            ""),
        arguments("more than wanted, as in an upgrade", plane().ready(4, 3), well, ""),
        arguments("managed", plane().managed(), well, ""),
        arguments(
            "managed and bad",
            plane().managed().conditions(because("Ready", Status.False, "Bad")),
            well,
            DUE),
        arguments(
            "a member is being deleted",
            plane().ready(2, 3),
            controlPlane("cp1").deleting(ago("PT5M")),
            ""),
        arguments(
            "a member starts",
            plane().ready(2, 3),
            controlPlane("cp1").neverNode().created(ago("PT5M")),
            ""),
        arguments(
            "never initialized",
            plane().neverInitialized().ready(0, 1),
            controlPlane("cp1").neverNode().created(ago("PT5M")),
            "ControlPlaneUnhealthy kcp 2880m Due"),
        arguments(
            "etcd has lost a member",
            plane().conditions(because("EtcdClusterHealthy", Status.False, "Lost")),
            well,
            DUE),
        arguments(
            "nobody knows of etcd",
            plane().conditions(because("EtcdClusterHealthy", Status.Unknown, "Lost")),
            well,
            ""),
        arguments(
            "a component is down",
            plane().conditions(because("ControlPlaneComponentsHealthy", Status.False, "Down")),
            well,
            DUE),
        arguments(
            "not available of late",
            plane().conditions(condition("Available", Status.False, ago("PT9M"))),
            well,
            "ControlPlaneUnhealthy kcp 9m Pending"),
        arguments(
            "not available for its time",
            plane().conditions(condition("Available", Status.False, ago("PT10M"))),
            well,
            "ControlPlaneUnhealthy kcp 10m Due"),
        arguments(
            "not available in an upgrade",
            plane().rollingOut().conditions(because("Available", Status.False, "No")),
            well,
            DUE),
        arguments(
            "shrinking",
            plane().conditions(because("Ready", Status.False, "ScalingDown")),
            well,
            ""),
        arguments("none wanted", plane().ready(0, 0), well, ""),
        arguments(
            "a member is being deleted for too long",
            plane().ready(2, 3).conditions(condition("MachinesReady", Status.False, HOUR)),
            controlPlane("cp1").deleting(ago("PT2H")),
            DUE),
        arguments(
            "a member starts for too long",
            plane().ready(2, 3).conditions(condition("MachinesReady", Status.False, HOUR)),
            controlPlane("cp1").neverNode().created(ago("PT21M")),
            DUE),
        arguments(
            "a member failed at its start",
            plane().ready(2, 3).conditions(condition("MachinesReady", Status.False, HOUR)),
            controlPlane("cp1").neverNode().failed().created(ago("PT5M")),
            DUE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("planes")
  void isFoundUnhealthy(String what, ControlPlaneSample plane, MachineSample member, String found) {
    var all = cluster("c").machines(member, controlPlane("cp2")).management(plane.management());
    assertThat(Judged.told(all)).as(what).startsWith(found);
    if (found.isEmpty()) {
      assertThat(Judged.findings(all))
          .extracting(Finding::reason)
          .doesNotContain(Reason.ControlPlaneUnhealthy);
    }
  }
}
