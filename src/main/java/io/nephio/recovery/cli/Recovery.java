package io.nephio.recovery.cli;

/** The executable. */
public final class Recovery {
  private Recovery() {}

  public static void main(String[] arguments) {}
}
