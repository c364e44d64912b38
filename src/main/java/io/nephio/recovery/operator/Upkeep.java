package io.nephio.recovery.operator;

import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.api.RemediationStatus.Proposal;
import io.nephio.recovery.git.Fetch;
import io.nephio.recovery.git.PackageRepository;
import io.nephio.recovery.gitea.Answer;
import io.nephio.recovery.gitea.PullRequest;
import io.nephio.recovery.lifecycle.Moves;
import io.nephio.recovery.lifecycle.Pull;
import io.nephio.recovery.lifecycle.Seen;
import io.nephio.recovery.lifecycle.Step;
import io.nephio.recovery.lifecycle.Sync;
import io.nephio.recovery.plan.Ledger;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.plan.Policy;
import io.nephio.recovery.record.Background;
import io.nephio.recovery.record.Drafts;
import io.nephio.recovery.record.Markdown;
import io.nephio.recovery.record.PackageEdits;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps what an open pull request says true while people decide: its status at every look, the rest
 * now and then. Nothing depends on it, so what fails is done at the next look.
 */
final class Upkeep {
  private static final Duration PACE = Duration.ofMinutes(1);
  private static final int REMEMBERED = 1000;

  private final Backgrounds backgrounds;
  private final Map<String, Kept> kept =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Its numbers may change all the time: they are said anew now and then, its state at once. */
  private record Said(String head, Preflight preflight) {
    static final Said NOTHING = new Said("", new Preflight("", ""));

    boolean isLike(Said other) {
      return head.equals(other.head) && preflight.state().equals(other.preflight.state());
    }
  }

  /**
   * What was done last, so that it is not asked again whether it is.
   *
   * @param said the status, on its commit
   * @param looks how often everything was looked at
   * @param alone whether nobody can have opened a twin before us
   * @param mergeable false if everything was looked at and Git could not merge it then
   */
  private record Kept(Instant at, Said said, int looks, boolean alone, boolean mergeable) {
    static final Kept NOTHING = new Kept(Instant.EPOCH, Said.NOTHING, 0, false, true);

    boolean isNew() {
      return alone && looks == 0 && said.equals(Said.NOTHING);
    }

    /** A twin comes soon or not at all, and to list all pull requests costs the server much. */
    boolean mayHaveTwins() {
      return alone ? looks == 1 : looks < 2;
    }
  }

  /**
   * The package that is edited, as it is now.
   *
   * @param fits whether the edit still fits the file
   * @param branches of its repository
   */
  private record Edited(boolean fits, Set<String> branches) {
    static final Edited NOTHING = new Edited(true, Set.of());
  }

  Upkeep(Backgrounds backgrounds) {
    this.backgrounds = backgrounds;
  }

  /**
   * What came of it.
   *
   * @param step the end of the proposal, if what it is made of is gone
   * @param problem what a person should know; nothing waits for it
   */
  record Result(Optional<Step.Conclude> step, Optional<String> problem) {
    static final Result NOTHING = new Result(Optional.empty(), Optional.empty());
  }

  /** This process has just opened it, at the first attempt. */
  void begins(String name) {
    remember(name, new Kept(Instant.EPOCH, Said.NOTHING, 0, true, true));
  }

  Result keep(Forge forge, LedgerEntry entry, Policy policy, Seen seen, Instant at) {
    Proposal proposal = entry.status().proposal();
    if (entry.status().phase() != Phase.Proposed
        || proposal == null
        || proposal.pullRequest() == null
        || !(seen.pull() instanceof Pull.Open open)
        || open.held()) {
      return Result.NOTHING;
    }
    Kept last = last(entry.name());
    Preflight preflight = Preflight.of(entry, seen.health(), seen.gate());
    boolean due = !at.isBefore(last.at().plus(PACE));
    if ((!due && last.said().isLike(new Said(open.head(), preflight)))
        || !(forge.glances().present(proposal.repository(), proposal.pullRequest())
            instanceof Answer.Ok<PullRequest> found)
        || !found.value().open()
        || found.value().labels().contains(PullLook.HOLD)) {
      return Result.NOTHING;
    }
    OpenPull pull = new OpenPull(forge, entry, found.value());
    Said told = new Said(found.value().headSha(), preflight);
    boolean said =
        last.said().equals(told)
            || (last.isNew() ? pull.postPreflight(preflight) : pull.preflight(preflight));
    remember(
        entry.name(),
        new Kept(
            due ? at : last.at(),
            said ? told : last.said(),
            due ? last.looks() + 1 : last.looks(),
            last.alone(),
            due ? pull.mergeable() : last.mergeable()));
    return due ? now(forge, entry, policy, pull, last, at) : Result.NOTHING;
  }

  private Result now(
      Forge forge, LedgerEntry entry, Policy policy, OpenPull pull, Kept last, Instant at) {
    Optional<Step.Conclude> elsewhere = elsewhere(entry, pull, at);
    if (elsewhere.isPresent()) {
      return new Result(elsewhere, Optional.empty());
    }
    // Gitea is given the time until the next look, and people theirs to solve a conflict.
    boolean stuck = pull.untouched() && !pull.mergeable() && !last.mergeable();
    Optional<Edited> edited = edited(forge, entry, policy, stuck);
    if (edited.isPresent() && !edited.get().fits()) {
      return new Result(Optional.of(changed(entry, pull.untouched(), at)), Optional.empty());
    }
    Ledger known = backgrounds.ledger().get();
    edited.ifPresent(e -> body(entry, policy, pull, known, e.branches()));
    ClusterPolicySpec.Review review = policy.spec().review();
    pull.remind(review, published(entry), at);
    if (last.mayHaveTwins() && !isAlone(forge, entry, known)) {
      pull.closeTwins();
    }
    return last.looks() == 0 ? new Result(Optional.empty(), unset(pull, review)) : Result.NOTHING;
  }

  /** What is not seen at the moment takes nothing out of it. */
  private void body(
      LedgerEntry entry, Policy policy, OpenPull pull, Ledger known, Set<String> branches) {
    Sync engine = backgrounds.engine(entry);
    if (!(engine instanceof Sync.Unreadable)) {
      Background background = backgrounds.of(entry, known, branches, engine);
      var unused = pull.body(Drafts.draft(entry.spec(), policy, Map.of(), background).body());
    }
  }

  /** Whether each open pull request of ours there is in the ledger. */
  private static boolean isAlone(Forge forge, LedgerEntry entry, Ledger ledger) {
    String repository = Objects.requireNonNull(entry.status().proposal()).repository();
    Set<Long> known =
        ledger.entries().stream()
            .map(e -> e.status().proposal())
            .filter(p -> p != null && p.repository().equals(repository))
            .map(Proposal::pullRequest)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    return forge
        .login()
        .filter(login -> forge.glances().isAll(repository, login, known))
        .isPresent();
  }

  /** Labels and reviewers that could not be set. */
  private static Optional<String> unset(OpenPull pull, ClusterPolicySpec.Review review) {
    String text =
        Stream.of(pull.labels(), pull.reviewers(review))
            .flatMap(Optional::stream)
            .collect(Collectors.joining("; "));
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /**
   * Empty while the repository cannot be read.
   *
   * @param stuck whether it cannot be merged: then nothing else in the file may have changed either
   */
  private static Optional<Edited> edited(
      Forge forge, LedgerEntry entry, Policy policy, boolean stuck) {
    Proposal proposal = entry.status().proposal();
    if (entry.spec().edit() == null || proposal == null) {
      return Optional.of(Edited.NOTHING);
    }
    PackageRepository repository = forge.repository(proposal.repository());
    try {
      if (!(repository.fetch(proposal.base()) instanceof Fetch.Fetched fetched)) {
        return Optional.empty();
      }
      boolean fits =
          PackageEdits.again(
                  entry.spec(),
                  Drafts.place(entry.spec(), policy),
                  Optional.of(repository.packages(fetched.base().commit())))
              .filter(edited -> !stuck || isAt(proposal.commit(), repository, edited))
              .isPresent();
      return Optional.of(new Edited(fits, fetched.base().branches().keySet()));
    } catch (UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static boolean isAt(
      String commit, PackageRepository repository, Map<String, String> files) {
    return files.entrySet().stream()
        .allMatch(
            file -> repository.read(commit, file.getKey()).equals(Optional.of(file.getValue())));
  }

  /** The base was renamed, or somebody chose another: a merge there would be refused. */
  private static Optional<Step.Conclude> elsewhere(LedgerEntry entry, OpenPull pull, Instant at) {
    String base = Objects.requireNonNull(entry.status().proposal()).base();
    return pull.base().equals(base) || !pull.untouched()
        ? Optional.empty()
        : Optional.of(elsewhere(entry, pull.base(), at));
  }

  static Step.Conclude elsewhere(LedgerEntry entry, String base, Instant at) {
    Proposal proposal = Objects.requireNonNull(entry.status().proposal());
    String text = "it is to be merged into " + base + " now, not into " + proposal.base();
    return new Step.Conclude(
        new Moves(entry.status(), at).overtaken("BaseChanged", text),
        "Closed: " + Markdown.sentence(text) + ". What still fails is proposed anew.",
        true);
  }

  /** The commits of people are left where they are, as the branch is then not only ours. */
  static Step.Conclude changed(LedgerEntry entry, boolean untouched, Instant at) {
    RemediationSpec.Edit edit = Objects.requireNonNull(entry.spec().edit());
    RemediationStatus next =
        new Moves(entry.status(), at)
            .overtaken("PackageChanged", edit.path() + " has changed in the base branch");
    return new Step.Conclude(
        next,
        "Closed: "
            + Markdown.code(edit.path())
            + " has changed in the base branch, so this edit no longer fits. What still fails is"
            + " proposed anew."
            + (untouched ? "" : " The branch stays, with what was added to it."),
        true);
  }

  private static Instant published(LedgerEntry entry) {
    return entry.status().history().stream()
        .filter(t -> t.phase() == Phase.Proposed)
        .map(RemediationStatus.Transition::at)
        .reduce((first, second) -> second)
        .orElse(entry.spec().proposedAt());
  }

  private synchronized Kept last(String name) {
    return kept.getOrDefault(name, Kept.NOTHING);
  }

  private synchronized void remember(String name, Kept now) {
    kept.put(name, now);
  }
}
