package io.nephio.recovery.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.plan.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for whatever the ledger says and whatever is seen. */
class LifecycleLawsTest {
  private static final List<Instant> TIMES =
      Stream.of("1h5m", "1h30m", "24h1s").map(Given::at).toList();
  private static final List<Seen> SIGHTS = sights();

  private static final List<Law> LAWS =
      List.of(
          new Law("what is over stays over", LifecycleLawsTest::overStaysOver),
          new Law("approved only by a merge of a proposal of ours", LifecycleLawsTest::approval),
          new Law("begun only if everything holds", LifecycleLawsTest::begun),
          new Law("left to Git only where an engine applies it", LifecycleLawsTest::leftToGit),
          new Law("acted only if everything still holds", LifecycleLawsTest::acted),
          new Law("verified only on evidence", LifecycleLawsTest::verified),
          new Law("closed only if neither merged nor held", LifecycleLawsTest::closed),
          new Law("whoever moves on is not blocked", LifecycleLawsTest::unblocked),
          new Law("no wait is busy or long while it is open", LifecycleLawsTest::waits),
          new Law(
              "every write changes something, and they come to rest", LifecycleLawsTest::rests));

  private record Law(String name, Predicate<Case> holds) {}

  private record Case(LedgerEntry entry, Seen seen, Instant at, Step step) {
    Phase phase() {
      return entry.status().phase();
    }

    boolean moves(Phase to) {
      return moved().filter(s -> s.phase() == to).isPresent();
    }

    Optional<RemediationStatus> moved() {
      return written(step).filter(s -> s.phase() != phase());
    }

    /** What must hold before anything is done to a cluster. */
    boolean allowed() {
      return seen.health() instanceof Health.Failing
          && !seen.policyGone()
          && at.isBefore(deadline());
    }

    /** The very merge that was approved, and nobody has said otherwise since. */
    boolean stands() {
      return seen.pull() instanceof Pull.Merged merged
          && merged.standing() == Pull.Standing.STANDS
          && merged.commit().equals(entry.status().approval().mergeCommit());
    }

    /** What goes on for a while has as long as it had to begin. */
    private Instant deadline() {
      return seen.progress() instanceof Progress.Partly && phase() == Phase.Executing
          ? entry.status().execution().startedAt().plus(entry.spec().executeWithin().duration())
          : entry.status().approval().executeBefore();
    }
  }

  static Optional<RemediationStatus> written(Step step) {
    if (step instanceof Step.Write write) {
      return Optional.of(write.status());
    }
    return step instanceof Step.Conclude end ? Optional.of(end.status()) : Optional.empty();
  }

  static Stream<Arguments> sealed() {
    return Stream.of(
        arguments(Pull.class, Given.PULLS.values()),
        arguments(Health.class, Given.HEALTHS.values()),
        arguments(Gate.class, Given.GATES.values()),
        arguments(Progress.class, Given.PROGRESSES.values()),
        arguments(Receipt.class, Given.RECEIPTS.values()),
        arguments(Sync.class, Given.SYNCS.values()));
  }

  @ParameterizedTest
  @MethodSource("sealed")
  void everyKindOfSightIsTried(Class<?> type, Collection<?> tried) {
    assertThat(tried.stream().map(Object::getClass).collect(Collectors.<Class<?>>toSet()))
        .isEqualTo(Set.of(type.getPermittedSubclasses()));
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void holdInEveryPhaseWhateverIsSeen(Phase phase) {
    List<LedgerEntry> ledgers = ledgers(phase);

    assertThat(ledgers).isNotEmpty();
    for (LedgerEntry entry : ledgers) {
      for (Seen seen : SIGHTS) {
        for (Instant at : TIMES) {
          check(new Case(entry, seen, at, Lifecycle.next(entry, seen, at)));
        }
      }
    }
  }

  private static void check(Case c) {
    for (Law law : LAWS) {
      if (!law.holds().test(c)) {
        throw new AssertionError(law.name() + ": " + c);
      }
    }
  }

  private static boolean overStaysOver(Case c) {
    if (c.phase() == Phase.Rejected) {
      boolean undone =
          c.seen().pull() instanceof Pull.Open || c.seen().pull() instanceof Pull.Merged;
      return c.step() instanceof Step.Wait || (undone && written(c.step()).isPresent());
    }
    return c.phase().open() || c.step() instanceof Step.Wait;
  }

  private static boolean approval(Case c) {
    return !c.moves(Phase.Approved)
        || (c.seen().pull() instanceof Pull.Merged && c.entry().status().proposal() != null);
  }

  private static boolean begun(Case c) {
    return !c.moves(Phase.Executing)
        || (c.phase() == Phase.Approved
            && c.allowed()
            && c.seen().gate() instanceof Gate.Free
            && c.stands()
            && c.seen().sync() instanceof Sync.NoEngine
            && c.seen().receipt() instanceof Receipt.None);
  }

  private static boolean leftToGit(Case c) {
    return !c.moves(Phase.WaitingForSync)
        || (c.phase() == Phase.Approved
            && Syncing.isBegun(c.seen().sync())
            && !(c.seen().receipt() instanceof Receipt.Ours)
            && !(c.seen().receipt() instanceof Receipt.Taken));
  }

  private static boolean acted(Case c) {
    return !(c.step() instanceof Step.Act)
        || (c.phase() == Phase.Executing
            && c.allowed()
            && c.stands()
            && goesOn(c.seen().progress())
            && (c.seen().gate() instanceof Gate.Free
                || (c.seen().gate() instanceof Gate.Blocked blocked && blocked.slot()))
            && (c.seen().receipt() instanceof Receipt.None
                || c.seen().receipt() instanceof Receipt.Ours));
  }

  private static boolean goesOn(Progress progress) {
    return progress instanceof Progress.NotStarted
        || progress instanceof Progress.Partly
        || progress instanceof Progress.Asked;
  }

  private static boolean verified(Case c) {
    return !c.moves(Phase.Verifying)
        || (c.phase() == Phase.WaitingForSync && c.seen().sync() instanceof Sync.Applied)
        || (c.phase() == Phase.Executing
            && (c.seen().progress() instanceof Progress.Happened
                || (c.seen().progress() instanceof Progress.Partly
                    && c.seen().health() instanceof Health.Healthy)));
  }

  private static boolean closed(Case c) {
    if (!(c.step() instanceof Step.Conclude end) || !end.close()) {
      return true;
    }
    Pull pull = c.seen().pull();
    return (c.phase() == Phase.Detected || c.phase() == Phase.Proposed)
        && (pull instanceof Pull.Absent
            || pull instanceof Pull.Closed
            || pull instanceof Pull.Withdrawn
            || (pull instanceof Pull.Open open && !open.held()));
  }

  private static boolean unblocked(Case c) {
    return c.moved()
        .map(
            s ->
                s.conditions().isEmpty()
                    && s.retryAt() == null
                    && s.history().get(s.history().size() - 1).phase() == s.phase())
        .orElse(true);
  }

  private static boolean waits(Case c) {
    return !c.phase().open()
        || !(c.step() instanceof Step.Wait wait)
        || (wait.again().compareTo(Duration.ofSeconds(1)) >= 0
            && wait.again().compareTo(Given.POLL) <= 0);
  }

  /** At most through four phases, or three and two notes. */
  private static boolean rests(Case c) {
    RemediationStatus status = c.entry().status();
    Step step = c.step();
    for (int writes = 0; writes <= 5; writes++) {
      Optional<RemediationStatus> next = written(step);
      if (next.isEmpty()) {
        return true;
      }
      if (next.get().equals(status)) {
        return false;
      }
      status = next.get();
      step = Lifecycle.next(Given.entry(status), c.seen(), c.at());
    }
    return false;
  }

  /** Every ledger of this phase, bare and with what may have been noted in it. */
  private static List<LedgerEntry> ledgers(Phase phase) {
    return Given.LEDGERS.keySet().stream()
        .flatMap(name -> Stream.of(name, name + " healthy=1h GitUnreachable=1h10m"))
        .map(Given::ledger)
        .filter(entry -> entry.status().phase() == phase)
        .toList();
  }

  private static List<Seen> sights() {
    List<Seen> sights = new ArrayList<>();
    for (Pull pull : pulls()) {
      for (Health health : Given.HEALTHS.values()) {
        for (Gate gate : Given.GATES.values()) {
          for (Progress progress : Given.PROGRESSES.values()) {
            for (Receipt receipt : Given.RECEIPTS.values()) {
              for (boolean gone : new boolean[] {false, true}) {
                sights.add(
                    new Seen(
                        pull,
                        health,
                        gate,
                        progress,
                        receipt,
                        new Sync.NoEngine(),
                        gone,
                        Given.PACE));
              }
            }
          }
        }
      }
    }
    synced(sights);
    return sights;
  }

  /** Where an engine takes part nothing is asked of the cluster. */
  private static void synced(List<Seen> sights) {
    for (Pull pull : pulls()) {
      for (Health health : Given.HEALTHS.values()) {
        for (Receipt receipt : Given.RECEIPTS.values()) {
          for (Sync sync : Given.SYNCS.values()) {
            sights.add(
                new Seen(
                    pull,
                    health,
                    new Gate.Free(),
                    new Progress.NotStarted(),
                    receipt,
                    sync,
                    false,
                    Given.PACE));
          }
        }
      }
    }
  }

  /** One of each kind, and those that must be left alone; the table has the others. */
  private static Collection<Pull> pulls() {
    Map<Class<?>, Pull> kinds = new LinkedHashMap<>();
    Given.PULLS.values().forEach(pull -> kinds.putIfAbsent(pull.getClass(), pull));
    List<Pull> pulls = new ArrayList<>(kinds.values());
    for (String one : List.of("held", "merged-and-held", "merged-and-reverted", "merged-again")) {
      pulls.add(Given.PULLS.get(one));
    }
    return pulls;
  }
}
