package io.nephio.recovery.git;

import java.io.IOException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Names the reason of what git itself answers alike, with one question to the server's API. */
record Reasons(GitServer server, Supplier<RepositoryState> state) {

  /**
   * Why a fetch failed.
   *
   * @param answered what it means that the server was content and yet nothing came
   */
  Failure ofFetch(IOException thrown, Function<String, Failure> answered) {
    return of(
        thrown,
        known -> known.empty() ? RefusedReason.Empty : null,
        RefusedReason.Missing,
        answered);
  }

  Failure ofPush(IOException thrown) {
    // A rule of the server refuses one branch; all of git is closed to a token that may only read.
    return of(thrown, Reasons::ofState, RefusedReason.ReadOnly, Failure.Unreachable::new);
  }

  /**
   * Why an exchange failed.
   *
   * @param named the reason the repository's state alone gives, or null
   * @param refused the reason where the server said no and its state does not say why
   * @param damaged what it means that the server was content and yet nothing came
   */
  private Failure of(
      IOException thrown,
      Function<RepositoryState.Known, @Nullable RefusedReason> named,
      RefusedReason refused,
      Function<String, Failure> damaged) {
    if (!(thrown instanceof Fault fault)) {
      return new Failure.Unreachable(told(thrown));
    }
    Failure plain = plain(fault);
    if (plain != null) {
      return plain;
    }
    RepositoryState now = state.get();
    if (!(now instanceof RepositoryState.Known known)) {
      return unknown(now);
    }
    RefusedReason reason = named.apply(known);
    if (reason != null) {
      return refused(reason, fault);
    }
    return fault.kind() == Fault.Kind.DAMAGE ? damaged.apply(told(fault)) : refused(refused, fault);
  }

  Failure ofRejection(Remote.Pushed pushed) {
    String text = server.told(pushed.message() + ": " + pushed.said());
    RepositoryState now = state.get();
    if (now instanceof RepositoryState.Known known) {
      RefusedReason reason = ofState(known);
      return new Failure.Refused(reason == null ? ofText(pushed) : reason, text);
    }
    return unknown(now);
  }

  String told(Throwable thrown) {
    String text = thrown.getMessage();
    return server.told(text == null ? thrown.getClass().getSimpleName() : text);
  }

  private @Nullable Failure plain(Fault fault) {
    return switch (fault.kind()) {
      case NETWORK -> new Failure.Unreachable(told(fault));
      case TLS -> refused(RefusedReason.Tls, fault);
      case CREDENTIAL -> refused(RefusedReason.Credential, fault);
      case NOT_GIT -> refused(RefusedReason.NotGit, fault);
      case REFUSED, DAMAGE -> null;
    };
  }

  private static @Nullable RefusedReason ofState(RepositoryState.Known known) {
    if (known.archived()) {
      return RefusedReason.Archived;
    }
    if (known.mirror()) {
      return RefusedReason.Mirror;
    }
    if (known.empty()) {
      return RefusedReason.Empty;
    }
    return known.mayPush() ? null : RefusedReason.ReadOnly;
  }

  /** The last resort, and only for the name: each of these is a refusal. */
  private static RefusedReason ofText(Remote.Pushed pushed) {
    if (pushed.message().contains("missing necessary objects")) {
      return RefusedReason.BaseMissing;
    }
    return pushed.said().contains("protected") ? RefusedReason.Protected : RefusedReason.Hook;
  }

  private Failure unknown(RepositoryState state) {
    if (state instanceof RepositoryState.Missing missing) {
      return new Failure.Refused(RefusedReason.Missing, missing.text());
    }
    if (state instanceof RepositoryState.Moved moved) {
      return new Failure.Refused(RefusedReason.Missing, moved.text());
    }
    if (state instanceof RepositoryState.CredentialRefused credential) {
      return new Failure.Refused(RefusedReason.Credential, credential.text());
    }
    if (state instanceof RepositoryState.NotGit other) {
      return new Failure.Refused(RefusedReason.NotGit, other.text());
    }
    return new Failure.Unreachable(
        state instanceof RepositoryState.Unreachable unreachable ? unreachable.text() : "");
  }

  private Failure refused(RefusedReason reason, Fault fault) {
    return new Failure.Refused(reason, told(fault));
  }
}
