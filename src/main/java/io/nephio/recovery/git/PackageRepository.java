package io.nephio.recovery.git;

import io.nephio.recovery.record.Packages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.RemoteRefUpdate.Status;
import org.jspecify.annotations.Nullable;

/**
 * A repository on the git server, through a cache on disk that may be lost at any time.
 *
 * <p>Pushes go on side by side, as the server takes long over each. All else takes turns, and a
 * cache that is given up meanwhile is kept until no push reads it.
 */
public final class PackageRepository implements GitRepository {
  private static final Duration LONGEST_EXCHANGE = Duration.ofMinutes(2);
  private static final int REMEMBERED = 64;
  private static final int MOST_COMMITS = 500;

  private final Remote remote;
  private final Path directory;
  private final Reasons reasons;
  private final PackageIndex index = new PackageIndex();

  /** What unpublished commits were made from, to make them again in a new cache. */
  private final Map<String, Written> written =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Written> eldest) {
          return size() > REMEMBERED;
        }
      };

  private final List<Cache> old = new ArrayList<>();
  private @Nullable Cache cache;
  private int commits;
  private int pushing;

  private record Written(String base, Map<String, String> files, CommitText text) {}

  private interface Step<T> {
    T run() throws IOException;
  }

  private PackageRepository(Remote remote, Path directory, Reasons reasons) {
    this.remote = remote;
    this.directory = directory;
    this.reasons = reasons;
  }

  /**
   * Opens a repository of the server; nothing is asked of it yet.
   *
   * @param directory for this repository alone, and for this object alone
   */
  public static PackageRepository open(
      GitServer server,
      String repository,
      Path directory,
      Function<String, RepositoryState> state) {
    return open(server, repository, directory, state, LONGEST_EXCHANGE);
  }

  /** One that gives an exchange up after so long. */
  static PackageRepository open(
      GitServer server,
      String repository,
      Path directory,
      Function<String, RepositoryState> state,
      Duration longest) {
    Isolation.install();
    String name = GitServer.repository(repository);
    try {
      Cache.sweep(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new PackageRepository(
        new Remote(server, name, new Deadline(longest)),
        directory,
        new Reasons(server, () -> state.apply(name)));
  }

  @Override
  public synchronized Fetch fetch(String branch) {
    try {
      return healing(() -> fetchBranch(branch));
    } catch (IOException e) {
      return reasons.ofFetch(e, Failure.Unreachable::new);
    }
  }

  private Fetch fetchBranch(String branch) throws IOException {
    if (commits >= MOST_COMMITS || cache().isWorn()) {
      renew();
    }
    Remote.Advertised advertised = remote.fetch(cache(), branch);
    if (advertised.branches().isEmpty()) {
      return new Failure.Refused(RefusedReason.Empty, "the repository holds no commit");
    }
    Optional<Remote.Branch> found = advertised.branch(branch);
    if (found.isEmpty()) {
      String missing = branch.isEmpty() ? "the default branch" : "the branch " + branch;
      return new Failure.Refused(RefusedReason.BaseMissing, missing + " is not there");
    }
    Remote.Branch base = found.get();
    demand(base.tip());
    return new Fetch.Fetched(new BaseCommit(base.name(), base.tip(), advertised.branches()));
  }

  @Override
  public synchronized Fetch fetchCommit(String id) {
    try {
      return healing(
          () -> {
            obtain(id);
            return new Fetch.Fetched(new BaseCommit("", id, Map.of()));
          });
    } catch (IOException e) {
      return reasons.ofFetch(e, text -> new Failure.Refused(RefusedReason.BaseMissing, text));
    }
  }

  @Override
  public synchronized Optional<String> read(String commit, String path) {
    return of(commit, contents -> contents.read(commit, path));
  }

  @Override
  public synchronized Map<String, String> files(String commit) {
    return of(commit, contents -> contents.files(commit));
  }

  @Override
  public synchronized Set<String> submodules(String commit) {
    return of(commit, contents -> contents.submodules(commit));
  }

  @Override
  public synchronized Optional<String> obstacle(String commit, Set<String> paths) {
    return of(commit, contents -> contents.obstacle(commit, paths));
  }

  private interface Reading<T> {
    T of(Contents contents) throws IOException;
  }

  private <T> T of(String commit, Reading<T> reading) {
    return unchecked(
        () -> {
          restore(commit);
          return reading.of(cache().contents());
        });
  }

  @Override
  public Packages packages(String commit) {
    return new TreePackages(this, commit, files(commit), index);
  }

  @Override
  public synchronized String commit(BaseCommit base, Map<String, String> files, CommitText text) {
    return unchecked(
        () -> {
          restore(base.commit());
          String id = cache().contents().commit(base.commit(), files, text);
          written.put(id, new Written(base.commit(), Map.copyOf(files), text));
          commits++;
          return id;
        });
  }

  @Override
  public Push push(String branch, String commit) {
    return push(branch, commit, this::branches);
  }

  /** The same, where the branches were fetched a moment ago and need not be listed again. */
  public Push push(BaseCommit seen, String branch, String commit) {
    return push(branch, commit, seen::branches);
  }

  private Push push(String branch, String commit, Step<Map<String, String>> branches) {
    if (!Repository.isValidRefName(Constants.R_HEADS + branch)) {
      throw new IllegalArgumentException("not a name for a branch: " + branch);
    }
    try {
      return healing(
          () -> {
            Push before = standing(branches.run(), branch, commit);
            return before == null ? create(branch, commit) : before;
          });
    } catch (IOException e) {
      return reasons.ofPush(e);
    }
  }

  private Push create(String branch, String commit) throws IOException {
    Cache holder = holder(commit);
    Remote.Pushed pushed;
    try {
      pushed = remote.create(holder, branch, commit);
    } catch (Fault fault) {
      if (fault.kind() != Fault.Kind.NETWORK || isGivenUp(fault)) {
        throw fault;
      }
      Push after = standing(branches(), branch, commit);
      return after == null ? reasons.ofPush(fault) : after;
    } finally {
      pushed();
    }
    if (pushed.status() == Status.OK) {
      return new Push.Created();
    }
    if (pushed.status() == Status.UP_TO_DATE) {
      return new Push.Same();
    }
    Push after = standing(branches(), branch, commit);
    return after == null ? reasons.ofRejection(pushed) : after;
  }

  /** The cache that holds what is to be pushed; it stays until {@link #pushed}. */
  private synchronized Cache holder(String commit) throws IOException {
    restore(commit);
    if (!cache().contents().hasParent(commit)) {
      throw new IllegalArgumentException("a commit without a base is never pushed");
    }
    pushing++;
    return cache();
  }

  private synchronized void pushed() {
    pushing--;
    closeOld();
  }

  private void closeOld() {
    if (pushing == 0) {
      old.forEach(Cache::close);
      old.clear();
    }
  }

  private synchronized Map<String, String> branches() throws IOException {
    return remote.list(cache()).branches();
  }

  /** What the server's branches alone say of a push; nothing if it may be tried. */
  private static @Nullable Push standing(
      Map<String, String> branches, String branch, String commit) {
    String tip = branches.get(branch);
    if (tip != null) {
      return tip.equals(commit) ? new Push.Same() : new Push.Moved(tip);
    }
    if (branches.isEmpty()) {
      return new Failure.Refused(RefusedReason.Empty, "the repository holds no commit");
    }
    String other = inTheWayOf(branch, branches.keySet());
    return other == null
        ? null
        : new Failure.Refused(
            RefusedReason.BranchInTheWay,
            "the branch " + other + " leaves no room for the branch " + branch);
  }

  private static @Nullable String inTheWayOf(String branch, Set<String> branches) {
    for (String other : branches) {
      if (branch.startsWith(other + "/") || other.startsWith(branch + "/")) {
        return other;
      }
    }
    return null;
  }

  /** Whether this committer made a commit of the server. */
  public synchronized boolean isBy(String commit, Author author) {
    return of(commit, contents -> contents.isBy(commit, author));
  }

  /** Deletes a branch that is still what it is expected to be. */
  public synchronized Deletion delete(String branch, String expectedTip) {
    try {
      Remote.Pushed answer = healing(() -> remote.delete(cache(), branch, expectedTip));
      return switch (answer.status()) {
        case OK, NON_EXISTING -> new Deletion.Gone();
        case REJECTED_REMOTE_CHANGED -> new Deletion.Moved();
        default -> reasons.ofRejection(answer);
      };
    } catch (IOException e) {
      return reasons.ofPush(e);
    }
  }

  @Override
  public synchronized void close() {
    renew();
  }

  private synchronized Cache cache() throws IOException {
    Cache open = cache;
    if (open == null) {
      open = Cache.create(directory);
      cache = open;
      commits = 0;
    }
    return open;
  }

  private synchronized void renew() {
    if (cache != null) {
      old.add(cache);
      cache = null;
    }
    closeOld();
  }

  /** Tries once more with a new cache where the old one is what is wrong. */
  private <T> T healing(Step<T> step) throws IOException {
    try {
      return step.run();
    } catch (IOException | IllegalStateException e) {
      if (isGivenUp(e)) {
        renew();
        throw Fault.of(e, Answers.Last.NONE);
      }
      if (!isDamage(e)) {
        throw e;
      }
      renew();
    }
    try {
      return step.run();
    } catch (IOException e) {
      if (isGivenUp(e)) {
        renew();
      }
      throw e;
    } catch (IllegalStateException e) {
      throw new IOException(e);
    }
  }

  private <T> T unchecked(Step<T> step) {
    try {
      return healing(step);
    } catch (IOException e) {
      throw new UncheckedIOException(reasons.told(e), e);
    }
  }

  /** Brings a commit back that a new cache lacks: from its ingredients, or from the server. */
  private void restore(String commit) throws IOException {
    Written source = written.get(commit);
    if (source == null || cache().contents().holds(commit)) {
      obtain(commit);
      return;
    }
    obtain(source.base());
    String again = cache().contents().commit(source.base(), source.files(), source.text());
    if (!again.equals(commit)) {
      throw Fault.damage("the commit " + commit + " cannot be made again");
    }
  }

  private void obtain(String commit) throws IOException {
    if (!cache().contents().holds(commit)) {
      remote.fetchCommit(cache(), commit);
    }
    demand(commit);
  }

  private void demand(String commit) throws IOException {
    if (!cache().contents().holds(commit)) {
      throw Fault.damage("the commit " + commit + " did not arrive");
    }
  }

  private static boolean isDamage(Exception e) {
    return e instanceof IllegalStateException
        || (!(e instanceof Contents.TooLarge)
            && Fault.of(e, Answers.Last.NONE).kind() == Fault.Kind.DAMAGE);
  }

  private static boolean isGivenUp(Exception e) {
    return e instanceof Deadline.PassedException
        || e.getCause() instanceof Deadline.PassedException;
  }
}
