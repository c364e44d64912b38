package io.nephio.recovery.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map of an object that has its defaults and the types of its schema. */
record Tree(Map<?, ?> fields) {
  private static final Tree EMPTY = new Tree(Map.of());

  @Nullable Object get(String... path) {
    Object value = fields;
    for (String key : path) {
      value = value instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return value;
  }

  boolean has(String... path) {
    return get(path) != null;
  }

  String text(String... path) {
    return get(path) instanceof String text ? text : "";
  }

  Duration length(String... path) {
    return Times.length(text(path));
  }

  Tree tree(String... path) {
    return get(path) instanceof Map<?, ?> map ? new Tree(map) : EMPTY;
  }

  List<String> texts(String... path) {
    List<String> texts = new ArrayList<>();
    if (get(path) instanceof List<?> list) {
      for (Object item : list) {
        texts.add(String.valueOf(item));
      }
    }
    return texts;
  }

  List<Tree> trees(String... path) {
    List<Tree> trees = new ArrayList<>();
    if (get(path) instanceof List<?> list) {
      for (Object item : list) {
        trees.add(item instanceof Map<?, ?> map ? new Tree(map) : EMPTY);
      }
    }
    return trees;
  }
}
