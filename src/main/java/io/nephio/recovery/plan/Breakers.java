package io.nephio.recovery.plan;

import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.Owner;
import io.nephio.recovery.judge.Finding;
import io.nephio.recovery.judge.Memory;
import io.nephio.recovery.judge.Reason;
import io.nephio.recovery.judge.Scene;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The breakers of one cluster: of the whole, of each owner of Machines, of each failure domain.
 *
 * <p>They are read on every pass, also when nothing fails, so that a storm that is over is over. A
 * breaker that was open holds everything back for {@code stormCooldown} more.
 */
final class Breakers {
  private final Scene scene;
  private final Set<String> unhealthy;
  private final Breaker cluster;
  private final boolean network;
  private final Map<String, Breaker> owners = new TreeMap<>();
  private final Map<String, Breaker> domains = new TreeMap<>();

  private Breakers(Scene scene, Collection<Finding> findings) {
    this.scene = scene;
    this.unhealthy = unhealthy(scene, findings);
    List<Machine> machines = scene.cluster().machines();
    this.cluster = Breaker.of(count(machines), machines.size(), scene.policy());
    by(machines, m -> m.owner().map(Breakers::name).orElse(""))
        .forEach((k, v) -> owners.put(k, Breaker.of(count(v), v.size(), scene.policy())));
    by(machines, this::domain)
        .forEach(
            (k, v) -> domains.put(k, new Breaker(count(v), v.size(), Math.max(1, v.size() / 2))));
    this.network =
        findings.stream()
            .anyMatch(f -> f.reason() == Reason.ControlPlaneOrNetwork && f.isDue(scene.at()));
    owners.remove("");
    domains.remove("");
  }

  static Breakers of(Scene scene, Collection<Finding> findings) {
    return new Breakers(scene, findings);
  }

  private static Map<String, List<Machine>> by(
      List<Machine> machines, Function<Machine, String> part) {
    return machines.stream().collect(Collectors.groupingBy(part));
  }

  private static Set<String> unhealthy(Scene scene, Collection<Finding> findings) {
    Set<String> ids = new HashSet<>();
    for (Finding finding : findings) {
      if (!finding.reason().gates()) {
        scene.machineOf(finding.object()).ifPresent(m -> ids.add(Incidents.identity(m.ref())));
      }
    }
    scene.cluster().machines().stream()
        .filter(Machine::deleting)
        .forEach(m -> ids.add(Incidents.identity(m.ref())));
    return ids;
  }

  private int count(List<Machine> machines) {
    return (int)
        machines.stream().filter(m -> unhealthy.contains(Incidents.identity(m.ref()))).count();
  }

  private static String name(Owner owner) {
    return owner.kind() + " " + owner.name();
  }

  private String domain(Machine machine) {
    return machine.failureDomain().isEmpty()
        ? machine.node().flatMap(scene::node).flatMap(Node::zone).orElse("")
        : machine.failureDomain();
  }

  Breaker cluster() {
    return cluster;
  }

  /** Why nothing is done about this Machine: the breaker of the whole, or of a part around it. */
  Optional<String> opened(Machine machine) {
    return cluster.open() ? Optional.of(cluster.text()) : part(machine).map(Part::text);
  }

  /**
   * A part of the cluster whose breaker is open.
   *
   * @param owner empty for a failure domain
   */
  record Part(String text, Optional<Owner> owner) {}

  /**
   * A failure domain comes first: it explains why Machines of several owners fail. How many members
   * of a control plane may fail is told by their quorum, not by a share of them.
   */
  Optional<Part> part(Machine machine) {
    String domain = domain(machine);
    return open(domains, domain)
        .map(b -> new Part(b.text() + ", in failure domain " + domain, Optional.empty()))
        .or(
            () ->
                machine
                    .owner()
                    .filter(o -> !machine.controlPlane())
                    .flatMap(
                        o ->
                            open(owners, name(o))
                                .map(b -> new Part(b.text() + ", of " + name(o), Optional.of(o)))));
  }

  private static Optional<Breaker> open(Map<String, Breaker> breakers, String part) {
    return Optional.ofNullable(breakers.get(part)).filter(Breaker::open);
  }

  /** Until when a storm that is over holds this Machine, or all else in the cluster, back. */
  Optional<Instant> cooldown(Optional<Machine> machine) {
    Memory memory = scene.memory();
    Set<String> keys = new TreeSet<>(Set.of(key("")));
    machine.ifPresent(
        m -> {
          m.owner().ifPresent(o -> keys.add(key(name(o))));
          keys.add(key("domain " + domain(m)));
        });
    return keys.stream()
        .flatMap(k -> memory.storm(k).stream())
        .map(last -> last.plus(scene.policy().stormCooldown().duration()))
        .filter(until -> until.isAfter(scene.at()))
        .max(Instant::compareTo);
  }

  /**
   * By the names under which they are remembered. When the network was down, those that come back
   * last are not at fault either.
   */
  Set<String> open() {
    Set<String> open = new TreeSet<>();
    if (cluster.open() || network) {
      open.add(key(""));
    }
    owners.forEach((n, b) -> addIf(b, key(n), open));
    domains.forEach((n, b) -> addIf(b, key("domain " + n), open));
    return open;
  }

  private static void addIf(Breaker breaker, String key, Set<String> open) {
    if (breaker.open()) {
      open.add(key);
    }
  }

  private String key(String part) {
    return scene.cluster().ref() + " " + part;
  }
}
