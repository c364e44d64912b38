package io.nephio.recovery.execute;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationStatus.Approval;
import io.nephio.recovery.api.RemediationStatus.Proposal;
import io.nephio.recovery.clusters.Connections;
import io.nephio.recovery.clusters.Trouble;
import io.nephio.recovery.lifecycle.Sync;
import io.nephio.recovery.plan.Ledger;
import io.nephio.recovery.plan.LedgerEntry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Which GitOps engine applies a remediation's package to its cluster, from there or from the
 * management cluster, and whether it has applied what was merged.
 *
 * <p>Commits follow one another, and an engine may well skip the one of the merge: it has applied
 * the merge if what it did apply holds the record, which came with it.
 */
public final class Engines {
  private static final List<Engine> ALL = List.of(new ConfigSync(), new Flux(), new ArgoCd());

  private final Sites sites;
  private final BiPredicate<LedgerEntry, String> holds;

  /**
   * Asks clusters for them.
   *
   * @param holds whether a commit, by its id, holds the record of an entry
   */
  public Engines(
      Connections connections, InstantSource clock, BiPredicate<LedgerEntry, String> holds) {
    this.sites = new Sites(connections, clock);
    this.holds = holds;
  }

  /** Without an edit of a package no engine takes part. */
  public Sync sync(LedgerEntry entry) {
    RemediationSpec.Edit edit = entry.spec().edit();
    Proposal proposal = entry.status().proposal();
    if (edit == null || proposal == null) {
      return new Sync.NoEngine();
    }
    Source source = new Source(proposal.repository(), proposal.base(), edit.path());
    return sites.of(entry).map(client -> sync(client, source, entry), Sync.Unreadable::new);
  }

  private Sync sync(KubernetesClient client, Source source, LedgerEntry entry) {
    try {
      List<Applier> appliers = new ArrayList<>(appliers(client, source, Destination.HERE));
      if (!Site.isManagement(entry.spec())) {
        appliers.addAll(fromManagement(client, source, entry));
      }
      return appliers.stream()
          .map(a -> sync(a, entry))
          .filter(s -> !(s instanceof Sync.Applied))
          .findFirst()
          .orElseGet(
              () ->
                  appliers.isEmpty()
                      ? new Sync.NoEngine()
                      : new Sync.Applied(appliers.get(0).who()));
    } catch (KubernetesClientException e) {
      return new Sync.Unreadable(Trouble.text(e));
    }
  }

  /** Those that reach the cluster with its kubeconfig. */
  private List<Applier> fromManagement(KubernetesClient client, Source source, LedgerEntry entry) {
    Destination to = Destination.of(Ledger.cluster(entry.spec()), client.getMasterUrl().toString());
    return appliers(sites.connections().management(), source, to);
  }

  private static List<Applier> appliers(KubernetesClient client, Source source, Destination to) {
    Engine.Kinds served = new Served(client);
    return ALL.stream().flatMap(e -> e.appliers(served, source, to).stream()).toList();
  }

  private Sync sync(Applier applier, LedgerEntry entry) {
    Approval approval = entry.status().approval();
    boolean applied =
        approval != null
            && !applier.applied().isEmpty()
            && (applier.applied().equals(approval.mergeCommit())
                || holds.test(entry, applier.applied()));
    if (applied) {
      return new Sync.Applied(applier.who());
    }
    return applier.problem().isEmpty()
        ? new Sync.Pending(
            applier.who(),
            applier.applied().isEmpty() ? "has applied nothing yet" : "is at " + applier.applied())
        : new Sync.Failing(applier.who(), applier.problem());
  }
}
