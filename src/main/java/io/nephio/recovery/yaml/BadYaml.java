package io.nephio.recovery.yaml;

/** Text that is no YAML, or more of it than is read. */
public final class BadYaml extends RuntimeException {
  private final int line;

  /**
   * Says what is wrong and where.
   *
   * @param line from 1; 0 if it is about the whole text
   */
  public BadYaml(int line, String message) {
    super(message, null, false, false);
    this.line = line;
  }

  public int line() {
    return line;
  }

  /** The message with the line in front of it. */
  public String text() {
    return line == 0 ? getMessage() : "line " + line + ": " + getMessage();
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
