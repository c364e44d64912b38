package io.nephio.recovery.yaml;

/**
 * How much of a text is read at most.
 *
 * @param characters of the text
 * @param depth of lists and maps in each other
 * @param values in one document, those behind an alias counted each time
 */
public record Limits(int characters, int depth, int values) {
  /** Far more than the API server takes of one object (3 MiB), far less than hurts. */
  public static final Limits OBJECTS = new Limits(16 << 20, 100, 1_000_000);
}
