package io.nephio.recovery.cli;

import io.nephio.recovery.record.Draft;

/**
 * What became of one branch.
 *
 * @param done whether the branch holds this draft now, or somebody went on with it
 */
record Written(Draft draft, String commit, String outcome, boolean done) {}
