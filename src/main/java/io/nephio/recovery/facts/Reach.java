package io.nephio.recovery.facts;

import java.time.Instant;

/**
 * Whether the API server of a workload cluster answers; only an answer proves anything about it.
 */
public sealed interface Reach {

  record Reached() implements Reach {}

  /** Nobody tried: files without a workload dump, or a connection still being made. */
  record NotTried() implements Reach {}

  record Unreachable(Instant since, String text) implements Reach {}

  /** The API server answered, but not to us: 401, 403, or a certificate that does not fit. */
  record CredentialProblem(Instant since, String text) implements Reach {}
}
