package io.nephio.recovery.git;

/** Named as the reasons of conditions are. */
public enum RefusedReason {
  /** A branch stands where a folder of branches is needed, or the other way round. */
  BranchInTheWay,
  Protected,
  ReadOnly,
  Archived,
  Mirror,
  /** No such repository, or it has moved, or the credential may not see it. */
  Missing,
  /** A repository without a commit: a push would make the pushed branch its default branch. */
  Empty,
  Credential,
  /** A rule of the server's administrator. */
  Hook,
  /** What answers is not a git server: a login page, for one. */
  NotGit,
  /** The base branch is not there, or the commit that was built on has left the server. */
  BaseMissing,
  Tls
}
