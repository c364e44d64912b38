package io.nephio.recovery.cli;

import io.nephio.recovery.git.Author;
import io.nephio.recovery.git.BaseCommit;
import io.nephio.recovery.git.CommitText;
import io.nephio.recovery.git.Diffs;
import io.nephio.recovery.git.Failure;
import io.nephio.recovery.git.Fetch;
import io.nephio.recovery.git.GitRepository;
import io.nephio.recovery.git.LocalRepository;
import io.nephio.recovery.git.Push;
import io.nephio.recovery.observe.files.BadInput;
import io.nephio.recovery.plan.PackagePlace;
import io.nephio.recovery.record.Draft;
import io.nephio.recovery.record.Packages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The local repositories that stand in for those on the Git server, by {@code owner/name}. */
final class Repositories implements AutoCloseable {
  private final Map<String, GitRepository> byName = new TreeMap<>();
  private final Map<String, BaseCommit> bases = new HashMap<>();
  private final Map<PackagePlace.At, Optional<Packages>> packages = new HashMap<>();

  /**
   * Opens them all.
   *
   * @throws BadInput if one is no repository
   */
  static Repositories open(Map<String, Path> directories) {
    Repositories repositories = new Repositories();
    List<String> problems = new ArrayList<>();
    directories.forEach(
        (name, directory) -> {
          try {
            repositories.byName.put(name, LocalRepository.open(directory));
          } catch (IOException | IllegalArgumentException e) {
            problems.add("--repo " + name + ": " + e.getMessage());
          }
        });
    if (!problems.isEmpty()) {
      repositories.close();
      throw new BadInput(problems);
    }
    return repositories;
  }

  /** The packages at the head of a branch; empty if that repository was not given. */
  Optional<Packages> packages(PackagePlace.At place) {
    return packages.computeIfAbsent(
        place,
        p -> {
          GitRepository repository = byName.get(p.repository());
          return repository != null && repository.fetch(p.base()) instanceof Fetch.Fetched fetched
              ? Optional.of(repository.packages(fetched.base().commit()))
              : Optional.empty();
        });
  }

  /** The branches of a repository; none if it was not given. */
  Set<String> branches(PackagePlace.At place) {
    GitRepository repository = byName.get(place.repository());
    return repository != null && repository.fetch(place.base()) instanceof Fetch.Fetched fetched
        ? fetched.base().branches().keySet()
        : Set.of();
  }

  /**
   * Finds what each draft is to be built on, before anything is written.
   *
   * @param all whether a draft whose repository was not given is a problem
   * @throws BadInput if there is a problem
   */
  void prepare(List<Draft> drafts, boolean all) {
    List<String> problems = new ArrayList<>();
    for (Draft draft : drafts) {
      GitRepository repository = byName.get(draft.repository());
      if (repository != null) {
        base(repository, draft).ifPresent(problems::add);
      } else if (all) {
        problems.add(
            draft.repository() + ": no --repo given, so " + draft.id().branch() + " has no place");
      }
    }
    if (!problems.isEmpty()) {
      throw new BadInput(problems.stream().distinct().toList());
    }
  }

  private Optional<String> base(GitRepository repository, Draft draft) {
    Fetch fetch = repository.fetch(draft.base());
    if (fetch instanceof Fetch.Fetched fetched) {
      bases.put(key(draft), fetched.base());
      return Optional.empty();
    }
    return Optional.of(
        draft.repository() + ": " + (fetch instanceof Failure failure ? failure.text() : fetch));
  }

  /** The change of each file, by path, in order. */
  Map<String, String> diffs(Draft draft) {
    Map<String, String> diffs = new TreeMap<>();
    draft
        .files()
        .forEach((path, text) -> diffs.put(path, Diffs.unified(path, before(draft, path), text)));
    return diffs;
  }

  private Optional<String> before(Draft draft, String path) {
    GitRepository repository = byName.get(draft.repository());
    BaseCommit base = bases.get(key(draft));
    return repository == null || base == null
        ? Optional.empty()
        : repository.read(base.commit(), path);
  }

  /** Writes the branch of a draft that was prepared. */
  Written write(Draft draft) {
    GitRepository repository = byName.get(draft.repository());
    BaseCommit base = bases.get(key(draft));
    if (repository == null || base == null) {
      throw new IllegalStateException("not prepared: " + draft.repository());
    }
    Optional<String> obstacle = repository.obstacle(base.commit(), draft.files().keySet());
    if (obstacle.isPresent()) {
      return new Written(draft, "none", "not written: " + obstacle.get(), false);
    }
    String commit =
        repository.commit(base, draft.files(), CommitText.of(draft, Author.of(System.getenv())));
    Push push = repository.push(draft.id().branch(), commit);
    if (push instanceof Push.Created) {
      return new Written(draft, commit, "written", true);
    }
    if (push instanceof Push.Same) {
      return new Written(draft, commit, "was there already, with this very commit", true);
    }
    if (push instanceof Push.Moved moved) {
      String outcome = "was there already, with another commit: left as it is";
      return new Written(draft, moved.tip(), outcome, true);
    }
    String reason = push instanceof Failure failure ? failure.text() : push.toString();
    return new Written(draft, commit, "not written: " + reason, false);
  }

  @Override
  public void close() {
    byName.values().forEach(GitRepository::close);
  }

  private static String key(Draft draft) {
    return draft.repository() + "\n" + draft.base();
  }
}
