package io.nephio.recovery.lifecycle;

import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Node;
import io.nephio.recovery.judge.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A Node that is drained, and is to be well afterwards. */
record NodeSubject(RemediationSpec spec, Cluster cluster) implements Subject {

  @Override
  public Optional<String> unseen() {
    return MachineSubject.reached(cluster)
        ? Optional.empty()
        : Optional.of("the Nodes of " + cluster.ref() + " cannot be read");
  }

  private Optional<Node> node() {
    return cluster.nodes().items().stream()
        .filter(n -> n.ref().uid().equals(spec.target().uid()) && !n.deleting())
        .findFirst();
  }

  @Override
  public boolean gone() {
    return node().isEmpty();
  }

  @Override
  public boolean concerns(Finding finding) {
    return finding.object().kind().equals("Node")
        && finding.object().name().equals(spec.target().name())
        && finding.reason().failureClass().filter(spec.failureClass()::equals).isPresent();
  }

  @Override
  public Health state() {
    return node().filter(Node::isReady).isPresent()
        ? new Health.Healthy()
        : new Health.Unseen("Node " + spec.target().name() + " is not Ready");
  }

  @Override
  public Health after(Instant startedAt, List<Finding> findings) {
    return findings.isEmpty() && state() instanceof Health.Healthy
        ? new Health.Healthy()
        : new Health.Failing();
  }
}
