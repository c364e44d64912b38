package io.nephio.recovery.yaml;

/** A form of YAML in which no edit is tried. */
final class Untouchable extends RuntimeException {
  Untouchable(String why) {
    super(why, null, false, false);
  }

  String why() {
    return String.valueOf(getMessage());
  }
}
