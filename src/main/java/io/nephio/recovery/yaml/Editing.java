package io.nephio.recovery.yaml;

/** What came of an edit. */
public sealed interface Editing {

  /** The whole text, in which only what was asked for differs; the same text if nothing did. */
  record Edited(String text) implements Editing {}

  /**
   * Nothing was changed.
   *
   * @param why half a sentence for people, about the file
   */
  record Refused(String why) implements Editing {}
}
