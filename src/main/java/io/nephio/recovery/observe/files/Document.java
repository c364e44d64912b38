package io.nephio.recovery.observe.files;

import io.nephio.recovery.observe.Tree;

/**
 * One object of the input and where it stands.
 *
 * @param index of the YAML document in its file, from 1
 */
record Document(String file, int index, Tree tree) {

  /** For the start of an error line. */
  String where() {
    return where(file, index);
  }

  static String where(String file, int index) {
    return file + ", document " + index;
  }

  /** Of an object: which one, in one word for people. */
  String object() {
    return tree.kind() + " " + tree.name();
  }
}
