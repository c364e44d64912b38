package io.nephio.recovery.facts;

import java.util.Optional;

/**
 * A Job.
 *
 * @param failed whether it gave up
 */
public record Job(ObjectRef ref, Optional<Owner> controller, boolean failed) {}
