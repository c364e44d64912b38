package io.nephio.recovery.git;

/** How the deletion of a branch ended. */
public sealed interface Deletion permits Deletion.Gone, Deletion.Moved, Failure {
  record Gone() implements Deletion {}

  /** The branch is not what it was expected to be, and is left. */
  record Moved() implements Deletion {}
}
