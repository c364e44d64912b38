package io.nephio.recovery.lifecycle;

import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.Crd;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.judge.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A CustomResourceDefinition, which may be missing and so is known by its name. */
record CrdSubject(RemediationSpec spec, Cluster cluster) implements Subject {

  @Override
  public Optional<String> unseen() {
    return cluster.contents().crds() instanceof Known.Seen<Crd>
        ? Optional.empty()
        : Optional.of("the CustomResourceDefinitions of " + cluster.ref() + " cannot be read");
  }

  @Override
  public boolean gone() {
    return false;
  }

  @Override
  public boolean concerns(Finding finding) {
    return finding.object().kind().equals(spec.target().kind())
        && finding.object().name().equals(spec.target().name());
  }

  @Override
  public Health state() {
    return cluster.contents().crds().items().stream()
            .filter(c -> c.ref().name().equals(spec.target().name()))
            .filter(c -> c.deletionRequested().isEmpty())
            .flatMap(c -> c.condition("Established").stream())
            .anyMatch(c -> c.status() == Condition.Status.True)
        ? new Health.Healthy()
        : new Health.Unseen(spec.target().name() + " is not Established");
  }

  @Override
  public Health after(Instant startedAt, List<Finding> findings) {
    return state() instanceof Health.Healthy ? state() : new Health.Failing();
  }
}
