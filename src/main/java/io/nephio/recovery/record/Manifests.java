package io.nephio.recovery.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.yaml.BadYaml;
import io.nephio.recovery.yaml.Limits;
import io.nephio.recovery.yaml.Yaml;
import io.nephio.recovery.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which objects that a remediation edits or applies again a file holds. */
public final class Manifests {
  private static final Limits FILE = new Limits(1 << 20, 100, 200_000);

  private static final Set<String> EDITED =
      Set.of("Deployment", "StatefulSet", "DaemonSet", "CustomResourceDefinition");

  /** Where one document ends and another begins; no value can hold such a line. */
  private static final Pattern MARKER =
      Pattern.compile("(?md)^(?:---|\\.\\.\\.)(?=\\s|\\z)(?:[ \\t]*\\r?\\n)?");

  private static final ObjectMapper JSON = new ObjectMapper();

  private Manifests() {}

  /**
   * An object of a file.
   *
   * @param document which of the file's documents it is or is in, from 0
   * @param listed whether it is an item of a List
   */
  public record Entry(
      String group, String kind, String namespace, String name, int document, boolean listed) {

    /** By group, kind, namespace and name; without a namespace of its own it lands in default. */
    public boolean is(ObjectRef object) {
      return group.equals(Manifests.group(object.apiVersion()))
          && kind.equals(object.kind())
          && name.equals(object.name())
          && (object.namespace() == null
              || (namespace.isEmpty() ? "default" : namespace).equals(object.namespace()));
    }
  }

  /**
   * What a file holds.
   *
   * @param unread why it could not be told, if so; then there are no entries
   */
  public record Content(List<Entry> entries, Optional<Unread> unread) {
    public Content {
      entries = List.copyOf(entries);
    }

    /** Of a file whose text is not looked at. */
    public static Content unseen(String why) {
      return new Content(List.of(), Optional.of(new Unread(why, Optional.empty())));
    }
  }

  /** Nothing of a file that speaks of no such object. */
  public static Content in(String text) {
    if (EDITED.stream().noneMatch(text::contains)) {
      return new Content(List.of(), Optional.empty());
    }
    List<Entry> entries = new ArrayList<>();
    try {
      List<YamlDocument> documents = Yaml.read(text, FILE);
      for (int i = 0; i < documents.size(); i++) {
        add(entries, documents.get(i).value(), i, false);
      }
      return new Content(entries, Optional.empty());
    } catch (BadYaml e) {
      return new Content(List.of(), Optional.of(Unread.of(text, e.text())));
    }
  }

  /**
   * A file around an object that it holds once.
   *
   * @param document the text of the document that the object is or is in
   * @param others the texts of all others, in their order
   */
  record Surrounded(String document, List<String> others) {}

  /** Empty unless it is there once. */
  static Optional<Surrounded> around(String text, ObjectRef object) {
    List<String> others = new ArrayList<>();
    List<String> found = new ArrayList<>();
    for (String document : MARKER.split(text, -1)) {
      long held = in(document).entries().stream().filter(entry -> entry.is(object)).count();
      (held == 0 ? others : found).add(document);
      if (held > 1) {
        return Optional.empty();
      }
    }
    return found.size() == 1 ? Optional.of(new Surrounded(found.get(0), others)) : Optional.empty();
  }

  /** An object that a file holds, as JSON; empty unless it is there once. */
  static Optional<String> json(String text, ObjectRef object) {
    List<Map<?, ?>> found = new ArrayList<>();
    try {
      Yaml.read(text, FILE).forEach(document -> collect(found, document.value(), object));
      return found.size() == 1
          ? Optional.of(JSON.writeValueAsString(found.get(0)))
          : Optional.empty();
    } catch (BadYaml | JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static void collect(List<Map<?, ?>> found, @Nullable Object value, ObjectRef object) {
    List<Entry> entries = new ArrayList<>();
    add(entries, value, 0, true);
    if (value instanceof Map<?, ?> map && entries.stream().anyMatch(e -> e.is(object))) {
      found.add(map);
    } else if (value instanceof Map<?, ?> map && map.get("items") instanceof List<?> items) {
      items.forEach(item -> collect(found, item, object));
    }
  }

  private static void add(
      List<Entry> entries, @Nullable Object value, int document, boolean listed) {
    if (!(value instanceof Map<?, ?> object)) {
      return;
    }
    if (!listed
        && text(object, "kind").endsWith("List")
        && object.get("items") instanceof List<?> l) {
      l.forEach(item -> add(entries, item, document, true));
      return;
    }
    Map<?, ?> metadata = map(object, "metadata");
    String name = text(metadata, "name");
    boolean local = text(map(metadata, "annotations"), RecordFile.LOCAL_CONFIG).equals("true");
    if (!name.isEmpty() && !local && EDITED.contains(text(object, "kind"))) {
      entries.add(
          new Entry(
              group(text(object, "apiVersion")),
              text(object, "kind"),
              text(metadata, "namespace"),
              name,
              document,
              listed));
    }
  }

  private static Map<?, ?> map(Map<?, ?> object, String key) {
    return object.get(key) instanceof Map<?, ?> map ? map : Map.of();
  }

  private static String text(Map<?, ?> object, String key) {
    return object.get(key) instanceof String text ? text : "";
  }

  private static String group(String apiVersion) {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }
}
