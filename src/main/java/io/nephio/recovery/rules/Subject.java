package io.nephio.recovery.rules;

/** One object that the API server would take, with its defaults, and where its problems go. */
record Subject(String kind, Tree object, Problems problems) {
  Tree spec() {
    return object.tree("spec");
  }

  String name() {
    return object.text("metadata", "name");
  }

  /** Where the object says nothing, whoever applies it decides: all such are taken for one. */
  String namespace() {
    return object.text("metadata", "namespace");
  }

  String id() {
    return namespace().isEmpty() ? name() : namespace() + "/" + name();
  }
}
