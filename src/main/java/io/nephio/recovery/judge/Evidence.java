package io.nephio.recovery.judge;

import java.time.Instant;
import java.util.Optional;

/** What was seen, on which object, since when: what a reviewer can check with kubectl. */
public record Evidence(String object, String condition, String reason, Optional<Instant> since) {}
