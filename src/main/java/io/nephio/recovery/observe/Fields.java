package io.nephio.recovery.observe;

import io.nephio.recovery.facts.Condition;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.facts.Owner;
import io.nephio.recovery.facts.Selector;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What every Kubernetes object has in the same place. */
final class Fields {
  private Fields() {}

  static ObjectRef namespaced(Tree tree) {
    return ref(tree, Reading.namespace(tree));
  }

  static ObjectRef clusterScoped(Tree tree) {
    return new ObjectRef(
        shared(tree.apiVersion()),
        shared(tree.kind()),
        null,
        tree.name(),
        tree.text("metadata", "uid"));
  }

  private static ObjectRef ref(Tree tree, String namespace) {
    return new ObjectRef(
        shared(tree.apiVersion()),
        shared(tree.kind()),
        shared(namespace),
        tree.name(),
        tree.text("metadata", "uid"));
  }

  /** Words that a hundred thousand objects have in common are kept once. */
  static String shared(String word) {
    return word.intern();
  }

  static Instant created(Tree tree) {
    return tree.instant("metadata", "creationTimestamp").orElse(Instant.EPOCH);
  }

  static boolean deleting(Tree tree) {
    return tree.has("metadata", "deletionTimestamp");
  }

  static Optional<Owner> controller(Tree tree) {
    return tree.list("metadata", "ownerReferences").stream()
        .filter(o -> o.bool("controller").orElse(false))
        .findFirst()
        .map(
            o ->
                new Owner(
                    shared(o.apiVersion()),
                    shared(o.kind()),
                    shared(Reading.namespace(tree)),
                    shared(o.text("name"))));
  }

  static int number(Tree tree, int otherwise, String... path) {
    return whole(tree, path).orElse(otherwise);
  }

  static Optional<Integer> whole(Tree tree, String... path) {
    return tree.string(path).flatMap(Fields::parse);
  }

  private static Optional<Integer> parse(String text) {
    try {
      return Optional.of(Integer.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  static Selector selector(Tree selector) {
    return new Selector(
        selector.map("matchLabels"),
        selector.list("matchExpressions").stream()
            .map(
                e -> new Selector.Requirement(e.text("key"), e.text("operator"), e.texts("values")))
            .toList());
  }

  /**
   * Those of {@code status.conditions} before the ones that v1beta1 objects carry for v1beta2: of a
   * type that is in both, the first is the one its reader knows.
   */
  static List<Condition> conditions(Tree tree) {
    return Stream.concat(
            tree.list("status", "conditions").stream(),
            tree.list("status", "v1beta2", "conditions").stream())
        .flatMap(c -> condition(c).stream())
        .toList();
  }

  /** The same in the order of the newest contract, whose conditions tell of now. */
  static List<Condition> newest(Tree tree) {
    return Stream.concat(
            tree.list("status", "v1beta2", "conditions").stream(),
            tree.list("status", "conditions").stream())
        .flatMap(c -> condition(c).stream())
        .toList();
  }

  /** Whether the object speaks the contract in which {@code Available} tells of now. */
  static boolean speaksV1beta2(Tree tree) {
    return tree.has("status", "v1beta2", "conditions")
        || tree.has("status", "initialization")
        || tree.apiVersion().endsWith("/v1beta2");
  }

  private static Optional<Condition> condition(Tree tree) {
    return tree.text("type").isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Condition(
                shared(tree.text("type")),
                switch (tree.text("status")) {
                  case "True" -> Condition.Status.True;
                  case "False" -> Condition.Status.False;
                  default -> Condition.Status.Unknown;
                },
                shared(tree.text("reason")),
                tree.text("message"),
                tree.instant("lastTransitionTime")));
  }
}
