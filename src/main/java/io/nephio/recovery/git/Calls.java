package io.nephio.recovery.git;

/** Told of every call to the Git server, of git itself and of the API. */
@FunctionalInterface
public interface Calls {
  Calls UNCOUNTED = (operation, outcome) -> {};

  /**
   * A call has ended.
   *
   * @param operation one of a few dozen, without names and numbers
   * @param outcome one word
   */
  void made(String operation, String outcome);
}
