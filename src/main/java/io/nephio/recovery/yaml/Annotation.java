package io.nephio.recovery.yaml;

import java.util.List;
import java.util.stream.Stream;

/**
 * An annotation that a manifest is to have.
 *
 * @param object the keys that lead to what is annotated; none for the manifest itself
 */
public record Annotation(List<String> object, String name, String value) {
  public Annotation {
    object = List.copyOf(object);
    if (!(name + value).matches("[A-Za-z0-9./:_-]*")) {
      throw new IllegalArgumentException(
          "not to be written without escapes: " + name + ": " + value);
    }
  }

  /** Of the manifest itself. */
  public static Annotation of(String name, String value) {
    return new Annotation(List.of(), name, value);
  }

  /** Of the pods that a workload makes. */
  public static Annotation ofPodTemplate(String name, String value) {
    return new Annotation(List.of("spec", "template"), name, value);
  }

  List<String> path() {
    return Stream.concat(object.stream(), Stream.of("metadata", "annotations", name)).toList();
  }
}
