package io.nephio.recovery.lifecycle;

import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Owner;
import io.nephio.recovery.facts.Pod;
import io.nephio.recovery.judge.Finding;
import io.nephio.recovery.judge.Scene;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A pod; what comes in its place is another one of the same owner. */
record PodSubject(RemediationSpec spec, Scene scene) implements Subject {

  @Override
  public Optional<String> unseen() {
    return scene.cluster().contents().pods() instanceof Known.Seen<Pod>
        ? Optional.empty()
        : Optional.of("the pods of " + scene.cluster().ref() + " cannot be read");
  }

  private Optional<Pod> pod() {
    return scene.cluster().contents().pods().items().stream()
        .filter(p -> p.ref().uid().equals(spec.target().uid()))
        .findFirst();
  }

  @Override
  public boolean gone() {
    return pod().filter(p -> !p.deleting()).isEmpty();
  }

  /** Of several that fail alike only one is named in a finding. */
  @Override
  public boolean concerns(Finding finding) {
    boolean named = finding.object().uid().equals(spec.target().uid());
    boolean alike =
        finding.reason().ofPod()
            && pod().filter(p -> !p.isReady()).isPresent()
            && finding.owner().isPresent()
            && finding.owner().equals(owner())
            && finding.revision().equals(spec.owner() == null ? "" : spec.owner().revision());
    return named || alike;
  }

  private Optional<Owner> owner() {
    return Optional.ofNullable(spec.owner())
        .map(o -> new Owner(o.apiVersion(), o.kind(), String.valueOf(o.namespace()), o.name()));
  }

  @Override
  public Health state() {
    return pod().filter(Pod::isReady).isPresent()
        ? new Health.Healthy()
        : new Health.Unseen("Pod " + spec.target().name() + " is not Ready");
  }

  @Override
  public Health after(Instant startedAt, List<Finding> findings) {
    boolean replaced =
        owner().stream()
            .flatMap(o -> scene.podsOf(o).stream())
            .filter(p -> !p.ref().uid().equals(spec.target().uid()))
            .anyMatch(p -> p.isReady() && !p.created().isBefore(startedAt));
    boolean complete =
        owner().flatMap(scene::workload).filter(w -> w.ready() >= w.desired()).isPresent();
    return gone() && (replaced || complete) ? new Health.Healthy() : new Health.Failing();
  }
}
