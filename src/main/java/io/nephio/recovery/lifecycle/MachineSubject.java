package io.nephio.recovery.lifecycle;

import io.nephio.recovery.api.FailureClass;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.facts.Reach;
import io.nephio.recovery.judge.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A Machine; what comes in its place is another one of the same owner. */
record MachineSubject(RemediationSpec spec, Cluster cluster) implements Subject {

  @Override
  public Optional<String> unseen() {
    return Optional.empty();
  }

  private Optional<Machine> machine() {
    return Optional.ofNullable(spec.machine()).flatMap(named -> cluster.machine(named.uid()));
  }

  @Override
  public boolean gone() {
    return machine().filter(m -> !m.deleting()).isEmpty();
  }

  /** Where crashes on a Node are what it is replaced for, they are its failure too. */
  @Override
  public boolean concerns(Finding finding) {
    boolean crashes = spec.failureClass() == FailureClass.Crash && finding.reason().ofPod();
    return machine()
        .filter(
            m ->
                crashes
                    ? m.node().filter(finding.nodes()::contains).isPresent()
                    : cluster.machineOf(finding.object()).filter(m::equals).isPresent())
        .isPresent();
  }

  @Override
  public Health state() {
    return machine().map(this::node).orElseGet(Health.Gone::new);
  }

  @Override
  public Health after(Instant startedAt, List<Finding> findings) {
    List<Health> states =
        cluster.machines().stream()
            .filter(m -> sameOwner(m) && !m.deleting())
            .filter(m -> !m.created().isBefore(startedAt))
            .map(this::node)
            .toList();
    return states.stream()
        .filter(Health.Healthy.class::isInstance)
        .findFirst()
        .or(() -> states.stream().findFirst())
        .map(h -> h instanceof Health.Unseen && reached(cluster) ? new Health.Failing() : h)
        .orElseGet(Health.Failing::new);
  }

  private boolean sameOwner(Machine machine) {
    RemediationSpec.Owner owner = spec.owner();
    return owner != null
        && machine
            .owner()
            .filter(o -> o.kind().equals(owner.kind()) && o.name().equals(owner.name()))
            .isPresent();
  }

  private Health node(Machine machine) {
    if (!reached(cluster)) {
      return new Health.Unseen("the Nodes of " + cluster.ref() + " cannot be read");
    }
    Optional<Node> node =
        machine
            .node()
            .flatMap(
                name ->
                    cluster.nodes().items().stream()
                        .filter(n -> n.ref().name().equals(name))
                        .findFirst());
    return node.filter(Node::isReady).isPresent()
        ? new Health.Healthy()
        : new Health.Unseen("no Ready Node of " + machine.ref() + " is seen");
  }

  static boolean reached(Cluster cluster) {
    return cluster.reach() instanceof Reach.Reached && cluster.nodes() instanceof Known.Seen;
  }
}
