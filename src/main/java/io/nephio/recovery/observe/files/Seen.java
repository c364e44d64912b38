package io.nephio.recovery.observe.files;

import io.nephio.recovery.facts.Known;
import io.nephio.recovery.observe.Reading;
import io.nephio.recovery.observe.Source;
import io.nephio.recovery.observe.Tree;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * All objects of one cluster by API group and kind, each once: of one that is there twice the
 * newest stands.
 */
final class Seen implements Source {
  private final Set<String> kinds = new HashSet<>();
  private final Map<String, Map<String, Document>> objects = new LinkedHashMap<>();
  private final Map<String, Known<?>> facts = new HashMap<>();
  private Optional<String> twice = Optional.empty();
  private int more;

  Seen(Collection<Documents> inputs) {
    for (Documents input : inputs) {
      input.kinds().forEach(k -> kinds.add(kind(k)));
      input.objects().forEach(this::add);
    }
  }

  /** The input holds a kind by an object of it, or by an empty list. Read once for all who ask. */
  @Override
  @SuppressWarnings("unchecked")
  public <T> Known<T> known(String group, String kind, Function<Tree, T> reading) {
    String key = group + "/" + kind;
    return kinds.contains(key)
        ? (Known<T>)
            facts.computeIfAbsent(
                key, k -> new Known.Seen<>(of(group, kind).parallelStream().map(reading).toList()))
        : new Known.NotLooked<>();
  }

  @Override
  public boolean serves(String group, String kind) {
    return kinds.contains(group + "/" + kind);
  }

  List<Tree> of(String group, String kind) {
    return objects.getOrDefault(group + "/" + kind, Map.of()).values().stream()
        .map(Document::tree)
        .toList();
  }

  /** One line if objects were there more than once in different versions. */
  Optional<String> twice() {
    return twice.map(first -> first + (more > 0 ? " (as for " + more + " more)" : ""));
  }

  private void add(Document document) {
    Tree tree = document.tree();
    String kind = kind(tree.apiVersion() + "/" + tree.kind());
    String name = Reading.namespace(tree) + "/" + tree.name();
    objects.computeIfAbsent(kind, k -> new LinkedHashMap<>()).merge(name, document, this::newest);
  }

  private Document newest(Document before, Document now) {
    boolean same = before.tree().apiVersion().equals(now.tree().apiVersion());
    if (same && !version(before).equals(version(now))) {
      more += twice.isPresent() ? 1 : 0;
      twice = twice.or(() -> Optional.of(told(before, now)));
    }
    return same && number(now) > number(before) ? now : before;
  }

  private static String told(Document before, Document now) {
    return now.where()
        + ": "
        + now.object()
        + " is already in "
        + before.where()
        + " in another version; the newest is used";
  }

  private static String version(Document document) {
    return document.tree().text("metadata", "resourceVersion");
  }

  private static long number(Document document) {
    try {
      return Long.parseLong(version(document));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Without the version of the API. */
  private static String kind(String apiVersionAndKind) {
    String[] parts = apiVersionAndKind.split("/", -1);
    return parts.length > 2 ? parts[0] + "/" + parts[2] : "/" + parts[parts.length - 1];
  }
}
