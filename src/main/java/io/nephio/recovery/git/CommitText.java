package io.nephio.recovery.git;

import java.time.Instant;

/** All that a commit holds besides its files; the same text on the same base is the same commit. */
public record CommitText(String message, String name, String email, Instant at) {}
