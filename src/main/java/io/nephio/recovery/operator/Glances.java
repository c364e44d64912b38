package io.nephio.recovery.operator;

import io.nephio.recovery.gitea.Answer;
import io.nephio.recovery.gitea.Glance;
import io.nephio.recovery.gitea.PullRequests;
import io.nephio.recovery.lifecycle.Pull;
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
   * @param fresh for how long a list may be taken for the present
   */
  Glances(PullRequests pulls, Duration fresh) {
    this.pulls = pulls;
    this.fresh = fresh;
  }

  /** As it was looked at last, if it still is so. */
  Optional<Pull.Open> same(String repository, long number) {
    return of(repository).same(number);
  }

  /** To be told after {@link #same} said nothing. */
  void looked(String repository, Pull.Open open) {
    of(repository).looked(open);
  }

  /** Whether this user has no open pull request but these. */
  boolean isAll(String repository, String user, Set<Long> numbers) {
    return of(repository).isAll(user, numbers);
  }

  private OfRepository of(String repository) {
    return repositories.computeIfAbsent(repository, OfRepository::new);
  }

  private record Looked(String text, Pull.@Nullable Open open, long at) {}

  private final class OfRepository {
    private final String name;
    private final Map<Long, Glance> open = new HashMap<>();
    private final Map<Long, Looked> looks = new HashMap<>();
    private long listed = System.nanoTime() - SAME_FOR.toNanos();

    OfRepository(String name) {
      this.name = name;
    }

    synchronized Optional<Pull.Open> same(long number) {
      Glance now = list() ? open.get(number) : null;
      if (now == null) {
        looks.remove(number);
        return Optional.empty();
      }
      Looked last = looks.get(number);
      if (last != null
          && last.text().equals(now.text())
          && System.nanoTime() - last.at() < SAME_FOR.toNanos()) {
        return Optional.ofNullable(last.open());
      }
      looks.put(number, new Looked(now.text(), null, System.nanoTime()));
      return Optional.empty();
    }

    synchronized void looked(Pull.Open found) {
      looks.computeIfPresent(
          found.number(), (number, look) -> new Looked(look.text(), found, look.at()));
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
