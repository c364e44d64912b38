package io.nephio.recovery.operator;

import io.nephio.recovery.gitea.Answer;
import io.nephio.recovery.gitea.Glance;
import io.nephio.recovery.gitea.PullRequest;
import io.nephio.recovery.gitea.PullRequests;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Spares Gitea the looks at open pull requests that nobody has touched: it runs git for each, and a
 * hundred that wait for a decision would keep it busy. One list tells of all of a repository what
 * has changed, but for commits, and these are looked for once a minute.
 */
final class Glances {
  private static final Duration SAME_FOR = Duration.ofMinutes(1);

  private final PullRequests pulls;
  private final Duration fresh;
  private final Map<String, OfRepository> repositories = new ConcurrentHashMap<>();

  /**
   * Sees through these.
   *
   * @param fresh for how long what Gitea told may be taken for the present
   */
  Glances(PullRequests pulls, Duration fresh) {
    this.pulls = pulls;
    this.fresh = fresh;
  }

  /** As it was read last, if it still is so. */
  Optional<PullRequest> same(String repository, long number) {
    return of(repository).same(number);
  }

  /** To be told after {@link #same} said nothing. */
  void looked(String repository, PullRequest open) {
    of(repository).looked(open);
  }

  /** This process has just opened it, and Gitea answered this. */
  void opened(String repository, PullRequest open) {
    of(repository).opened(open);
  }

  /** As it is at present: nobody needs to read it again who comes right after somebody else. */
  Answer<PullRequest> present(String repository, long number) {
    return of(repository)
        .justRead(number)
        .<Answer<PullRequest>>map(Answer.Ok::new)
        .orElseGet(() -> pulls.get(repository, number));
  }

  /** Whether this user has no open pull request but these. */
  boolean isAll(String repository, String user, Set<Long> numbers) {
    return of(repository).isAll(user, numbers);
  }

  private OfRepository of(String repository) {
    return repositories.computeIfAbsent(repository, OfRepository::new);
  }

  /**
   * The last look at one.
   *
   * @param text what the list told of it then; null before it was in a list
   */
  private record Looked(@Nullable String text, @Nullable PullRequest open, long at) {
    boolean isYoungerThan(Duration age) {
      return System.nanoTime() - at < age.toNanos();
    }

    /** Whether only commits can have come since. */
    boolean holds(Glance now) {
      return isYoungerThan(SAME_FOR)
          && (text == null ? !now.labels().contains(PullLook.HOLD) : text.equals(now.text()));
    }
  }

  private final class OfRepository {
    private final String name;
    private final Map<Long, Glance> open = new HashMap<>();
    private final Map<Long, Looked> looks = new HashMap<>();
    private long listed = System.nanoTime() - SAME_FOR.toNanos();

    OfRepository(String name) {
      this.name = name;
    }

    synchronized Optional<PullRequest> justRead(long number) {
      Looked last = looks.get(number);
      return last != null && last.isYoungerThan(fresh)
          ? Optional.ofNullable(last.open())
          : Optional.empty();
    }

    synchronized Optional<PullRequest> same(long number) {
      Looked last = looks.get(number);
      if (last != null && last.text() == null && last.isYoungerThan(fresh)) {
        return Optional.ofNullable(last.open());
      }
      Glance now = list() ? open.get(number) : null;
      if (now == null) {
        looks.remove(number);
        return Optional.empty();
      }
      if (last != null && last.holds(now)) {
        looks.put(number, new Looked(now.text(), last.open(), last.at()));
        return Optional.ofNullable(last.open());
      }
      looks.put(number, new Looked(now.text(), null, System.nanoTime()));
      return Optional.empty();
    }

    synchronized void looked(PullRequest found) {
      looks.computeIfPresent(
          found.number(), (number, look) -> new Looked(look.text(), found, look.at()));
    }

    synchronized void opened(PullRequest found) {
      looks.put(found.number(), new Looked(null, found, System.nanoTime()));
    }

    synchronized boolean isAll(String user, Set<Long> numbers) {
      return list()
          && open.values().stream()
              .filter(one -> one.user().equals(user))
              .allMatch(one -> numbers.contains(one.number()));
    }

    /** Whether the list is one of the present. */
    private boolean list() {
      if (System.nanoTime() - listed < fresh.toNanos()) {
        return true;
      }
      if (!(pulls.glances(name) instanceof Answer.Ok<List<Glance>> all)) {
        return false;
      }
      open.clear();
      all.value().forEach(one -> open.put(one.number(), one));
      looks.keySet().retainAll(open.keySet());
      listed = System.nanoTime();
      return true;
    }
  }
}
