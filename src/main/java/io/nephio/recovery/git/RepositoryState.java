package io.nephio.recovery.git;

/** What the server's API says of a repository; git itself gives one answer for most of this. */
public sealed interface RepositoryState {
  record Known(
      String defaultBranch, boolean empty, boolean archived, boolean mirror, boolean mayPush)
      implements RepositoryState {

    /** Whether a branch could be pushed there. */
    public boolean takesBranches() {
      return !empty && !archived && !mirror && mayPush;
    }
  }

  record Missing(String text) implements RepositoryState {}

  /** It is to be asked for elsewhere, and the text says where; nothing follows there. */
  record Moved(String text) implements RepositoryState {}

  record CredentialRefused(String text) implements RepositoryState {}

  /** What answers is not Gitea: a login page, for one. */
  record NotGit(String text) implements RepositoryState {}

  record Unreachable(String text) implements RepositoryState {}
}
