package io.nephio.recovery.operator;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.Remediation;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.api.RemediationStatus.Execution;
import io.nephio.recovery.execute.Action;
import io.nephio.recovery.execute.Actions;
import io.nephio.recovery.execute.Fence;
import io.nephio.recovery.execute.Outcome;
import io.nephio.recovery.facts.ClusterRef;
import io.nephio.recovery.lifecycle.Health;
import io.nephio.recovery.lifecycle.Lifecycle;
import io.nephio.recovery.lifecycle.Moves;
import io.nephio.recovery.lifecycle.Receipt;
import io.nephio.recovery.lifecycle.Seen;
import io.nephio.recovery.lifecycle.Step;
import io.nephio.recovery.plan.Ledger;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.plan.Policy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * One pass over one remediation: look, ask what comes next, do that one step, write the ledger
 * once.
 *
 * <p>Whether an approved act may begin is decided for one remediation of a cluster at a time: two
 * that looked at the same moment would both find the slot free.
 *
 * <p>A process that has just started sees nothing yet. It looks again in a moment before it tells
 * people so, on the pull request too.
 *
 * <p>Few are proposed at a time. A Git server that a hundred are brought to at once answers none of
 * them in time, and all would be brought again.
 */
final class RemediationPass {
  /** After a step that changed something. */
  private static final Duration SOON = Duration.ofMillis(20);

  /** After which whatever is not its turn comes again. */
  private static final Duration IN_A_WHILE = Duration.ofMillis(250);

  private static final int PROPOSED_AT_ONCE = 4;

  private final Inspection.Sources sources;
  private final LedgerStore ledger;
  private final Actions actions;
  private final Announcements announcements;
  private final Backgrounds backgrounds;
  private final Upkeep upkeep;
  private final BooleanSupplier leading;
  private final InstantSource clock;
  private final Semaphore proposing = new Semaphore(PROPOSED_AT_ONCE);
  private final Map<ClusterRef, Object> turns = new ConcurrentHashMap<>();
  private final Map<String, Object> passes = new ConcurrentHashMap<>();

  RemediationPass(
      Inspection.Sources sources,
      Announcements announcements,
      BooleanSupplier leading,
      InstantSource clock) {
    this.sources = sources;
    this.ledger = sources.ledger();
    this.actions = sources.actions();
    this.announcements = announcements;
    this.backgrounds =
        new Backgrounds(ledger::lately, sources.git().sightings(), sources.engines()::sync);
    this.upkeep = new Upkeep(backgrounds);
    this.leading = leading;
    this.clock = clock;
  }

  /** As below, for one that a cache shows like this: whether it is its turn. */
  Optional<Duration> run(Remediation shown) {
    String namespace = shown.getMetadata().getNamespace();
    String name = shown.getMetadata().getName();
    if (shown.status().phase() != Phase.Detected) {
      return run(namespace, name);
    }
    if (!proposing.tryAcquire()) {
      return Optional.of(IN_A_WHILE);
    }
    try {
      return run(namespace, name);
    } finally {
      proposing.release();
    }
  }

  /**
   * Until when to wait before the next pass; empty if nothing is left to do. One pass at a time for
   * a name: one that is deleted and made again is passed by two threads until the first has ended.
   */
  Optional<Duration> run(String namespace, String name) {
    synchronized (passes.computeIfAbsent(namespace + "/" + name, n -> new Object())) {
      return pass(namespace, name);
    }
  }

  private Optional<Duration> pass(String namespace, String name) {
    Optional<Remediation> read = ledger.get(namespace, name);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    if (read.get().status().phase() != Phase.Approved) {
      return next(read.get());
    }
    ClusterRef cluster = Ledger.cluster(read.get().spec());
    synchronized (turns.computeIfAbsent(cluster, c -> new Object())) {
      return ledger.get(namespace, name).flatMap(this::next);
    }
  }

  private Optional<Duration> next(Remediation read) {
    Instant at = clock.instant();
    LedgerEntry entry = LedgerStore.entry(read);
    Policies policies = Policies.read(sources.management());
    Seen seen = Inspection.of(sources, policies, entry, at);
    if (seen.health() instanceof Health.Unseen && sources.fleet().isBeginning()) {
      return Optional.of(IN_A_WHILE);
    }
    Step step = kept(read, policies, Lifecycle.next(entry, seen, at), seen, at);
    if (step instanceof Step.Wait wait) {
      return read.status().phase().terminal() && read.status().phase() != Phase.Rejected
          ? Optional.empty()
          : Optional.of(wait.again());
    }
    return Optional.of(perform(read, policies, step, at));
  }

  /** While people decide, what they see is kept true. */
  private Step kept(Remediation read, Policies policies, Step step, Seen seen, Instant at) {
    if (!(step instanceof Step.Wait) || read.status().phase() != Phase.Proposed) {
      return step;
    }
    LedgerEntry entry = LedgerStore.entry(read);
    Upkeep.Result result =
        policies
            .of(entry)
            .map(
                policy ->
                    sources
                        .git()
                        .open()
                        .map(
                            forge -> upkeep.keep(forge, entry, policy, seen, at),
                            problem -> Upkeep.Result.NOTHING))
            .orElse(Upkeep.Result.NOTHING);
    result.problem().ifPresent(text -> announcements.notAsked(read, text));
    return result.step().<Step>map(conclude -> conclude).orElse(step);
  }

  private Duration perform(Remediation read, Policies policies, Step step, Instant at) {
    LedgerEntry entry = LedgerStore.entry(read);
    if (step instanceof Step.Write write) {
      return write(read, write.status());
    }
    if (step instanceof Step.Prepare) {
      return propose(read, policies, at, Proposals::prepare);
    }
    if (step instanceof Step.Publish publish) {
      return propose(read, policies, at, proposals -> proposals.publish(publish.found()));
    }
    return step instanceof Step.Conclude conclude
        ? conclude(read, entry, conclude, at)
        : act(read, entry, at);
  }

  private Duration write(Remediation read, RemediationStatus status) {
    ledger.write(read, status).ifPresent(written -> announcements.moved(read, status));
    return SOON;
  }

  private interface Half {
    Proposals.Result of(Proposals proposals);
  }

  private Duration propose(Remediation read, Policies policies, Instant at, Half half) {
    LedgerEntry entry = LedgerStore.entry(read);
    Optional<Policy> policy = policies.of(entry);
    if (policy.isEmpty()) {
      return SOON;
    }
    if (policy.get().spec().suspend()) {
      return blocked(read, entry, "Suspended", "the policy is suspended", at);
    }
    Proposals.Result result =
        sources
            .git()
            .open()
            .map(
                forge -> half.of(new Proposals(forge, entry, policy.get(), backgrounds, at)),
                problem -> new Proposals.Stopped(problem.reason(), problem.message()));
    return result instanceof Proposals.Prepared prepared
        ? publish(read, policies, prepared, at)
        : proposed(read, result, at);
  }

  /** At once, as nothing else can have happened to what the ledger learns only now. */
  private Duration publish(
      Remediation read, Policies policies, Proposals.Prepared prepared, Instant at) {
    Optional<Remediation> written = ledger.write(read, prepared.status());
    if (written.isEmpty()) {
      return SOON;
    }
    return propose(
        written.get(),
        policies,
        at,
        proposals -> {
          Proposals.Result result = proposals.publish(prepared.base());
          if (result instanceof Proposals.Opened) {
            upkeep.begins(read.getMetadata().getName());
          }
          return result;
        });
  }

  private Duration proposed(Remediation read, Proposals.Result result, Instant at) {
    if (result instanceof Proposals.Opened opened) {
      Moves moves = new Moves(read.status(), clock.instant());
      return write(read, moves.published(opened.number(), opened.url()));
    }
    if (result instanceof Proposals.Stopped stopped) {
      LedgerEntry entry = LedgerStore.entry(read);
      return blocked(read, entry, stopped.reason(), stopped.text(), at);
    }
    return write(read, ((Proposals.Next) result).status());
  }

  /** However long the pause, people may merge in it, and that is to be noticed in time. */
  private Duration blocked(
      Remediation read, LedgerEntry entry, String reason, String text, Instant at) {
    Instant retryAt = BackOff.retryAt(entry.status(), sources.git().pause(), at);
    new Moves(entry.status(), at)
        .blocked(reason, text, retryAt)
        .ifPresent(status -> write(read, status));
    Duration wait = Duration.between(at, retryAt);
    return wait.compareTo(Inspection.LONGEST_POLL) < 0 ? wait : Inspection.LONGEST_POLL;
  }

  /** A pull request that cannot be closed must not be left behind by a ledger that says it is. */
  private Duration conclude(
      Remediation read, LedgerEntry entry, Step.Conclude conclude, Instant at) {
    if (entry.status().phase().inFlight()) {
      if (fence(read).broken().isPresent()) {
        return SOON;
      }
      Optional<String> kept = kept(entry, conclude.status().phase());
      if (kept.isPresent()) {
        return blocked(read, entry, "NotCleared", kept.get(), at);
      }
    }
    if (entry.status().proposal() == null) {
      return write(read, conclude.status());
    }
    Farewell.Result said =
        sources
            .git()
            .open()
            .map(
                forge -> new Farewell(forge, entry).say(conclude),
                p -> Farewell.Result.problem(p.message()));
    if (said.problem().isPresent() && conclude.close()) {
      return blocked(read, entry, "NotClosed", said.problem().get(), at);
    }
    said.problem().ifPresent(text -> announcements.unsaid(read, text));
    said.warning().ifPresent(text -> announcements.branchLeft(read, text));
    return write(read, conclude.status());
  }

  /** What the act has left in the clusters and could not be cleared away yet. */
  private Optional<String> kept(LedgerEntry entry, Phase end) {
    Optional<Action> action = actions.of(entry.spec());
    return switch (entry.status().phase()) {
      case Executing -> action.flatMap(a -> a.undo(entry));
      case Verifying -> action.flatMap(a -> a.settle(entry, end == Phase.Succeeded));
      default -> Optional.empty();
    };
  }

  /**
   * The approval is taken where no restored ledger can forget it; only then the cluster is touched.
   */
  private Duration act(Remediation read, LedgerEntry entry, Instant at) {
    return sources
        .git()
        .open()
        .map(
            forge -> act(forge, read, entry, at),
            problem -> blocked(read, entry, problem.reason(), problem.message(), at));
  }

  private Duration act(Forge forge, Remediation read, LedgerEntry entry, Instant at) {
    Receipt receipt = new Receipts(forge, entry).claim();
    if (receipt instanceof Receipt.Unreadable unreadable) {
      return blocked(read, entry, "GitUnreachable", unreadable.text(), at);
    }
    if (!(receipt instanceof Receipt.Ours)) {
      return SOON;
    }
    Action action =
        actions
            .of(entry.spec())
            .orElseThrow(() -> new IllegalStateException(entry.spec().action().name()));
    Outcome outcome = action.act(entry, fence(read));
    if (outcome instanceof Outcome.Done) {
      announcements.acted(read);
      return write(read, begun(entry));
    }
    if (outcome instanceof Outcome.Asked) {
      announcements.asked(read);
      return SOON;
    }
    String why =
        outcome instanceof Outcome.Safe safe ? safe.why() : ((Outcome.Unknown) outcome).why();
    return blocked(read, entry, "ActNotTaken", why, at);
  }

  private static RemediationStatus begun(LedgerEntry entry) {
    Execution execution =
        Objects.requireNonNull(entry.status().execution(), "an execution was begun");
    boolean cordoned =
        switch (entry.spec().action()) {
          case ReplaceNode, DrainNode -> true;
          default -> false;
        };
    return entry.status().withExecution(new Execution(execution.startedAt(), null, null, cordoned));
  }

  private Fence fence(Remediation read) {
    return () -> {
      if (!leading.getAsBoolean()) {
        return Optional.of("another process leads");
      }
      String version = read.getMetadata().getResourceVersion();
      return ledger
              .get(read.getMetadata().getNamespace(), read.getMetadata().getName())
              .filter(now -> now.getMetadata().getResourceVersion().equals(version))
              .isPresent()
          ? Optional.empty()
          : Optional.of("the ledger has been written since");
    };
  }
}
