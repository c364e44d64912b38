package io.nephio.recovery.observe.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.nephio.recovery.observe.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/** The objects of YAML or JSON text, with lists taken apart, and what is wrong with the rest. */
final class Documents {
  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setSchema(new JsonSchema())
          .setAllowDuplicateKeys(false)
          .setCodePointLimit(Integer.MAX_VALUE)
          .build();

  private final List<Document> objects = new ArrayList<>();
  private final Set<String> kinds = new HashSet<>();
  private final List<String> problems = new ArrayList<>();
  private boolean holdsObjects;

  List<Document> objects() {
    return objects;
  }

  /** {@code apiVersion/kind} of every object and of every typed list, even an empty one. */
  Set<String> kinds() {
    return kinds;
  }

  List<String> problems() {
    return problems;
  }

  /** An empty list is not nothing: kubectl prints it where no object is there. */
  boolean isEmpty() {
    return !holdsObjects;
  }

  void add(Documents other) {
    objects.addAll(other.objects);
    kinds.addAll(other.kinds);
    problems.addAll(other.problems);
    holdsObjects |= other.holdsObjects;
  }

  /** Of bytes that are JSON, whole or cut off; empty for what has to be read otherwise. */
  static Optional<Documents> json(String file, byte[] bytes) {
    int start = bytes.length > 2 && bytes[0] == (byte) 0xEF ? 3 : 0;
    while (start < bytes.length && Character.isWhitespace(bytes[start])) {
      start++;
    }
    // Not UTF-16, which has a zero beside the brace.
    if (start + 1 >= bytes.length || bytes[start] != '{' || bytes[start + 1] == 0) {
      return Optional.empty();
    }
    Documents documents = new Documents();
    try {
      int index = 0;
      for (Object value : JsonStream.read(bytes, start)) {
        documents.document(file, ++index, value);
      }
    } catch (JsonProcessingException e) {
      boolean atTheEnd = start + e.getLocation().getByteOffset() >= bytes.length;
      if (!atTheEnd && !e.getOriginalMessage().startsWith("Unexpected end-of-input")) {
        return Optional.empty();
      }
      documents.problems.add(
          file + ", line " + e.getLocation().getLineNr() + ": the JSON is cut off in the middle");
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.of(documents);
  }

  static Documents parse(String file, String given) {
    DumpStream dump = DumpStream.of(given);
    Documents documents =
        json(file, dump.objects().getBytes(StandardCharsets.UTF_8))
            .orElseGet(() -> yaml(file, dump.objects()));
    if (dump.cutOff()) {
      documents.problems.add(file + ": the logs in it do not end: the file is cut off");
    }
    return documents;
  }

  private static Documents yaml(String file, String text) {
    Documents documents = new Documents();
    int index = 0;
    try {
      for (Object value : new Load(SETTINGS).loadAllFromString(text)) {
        index++;
        if (value != null) {
          documents.document(file, index, value);
        }
      }
    } catch (MarkedYamlEngineException e) {
      String line = e.getProblemMark().map(m -> ", line " + (m.getLine() + 1)).orElse("");
      documents.problems.add(file + line + ": not YAML: " + oneLine(e.getProblem()));
    } catch (YamlEngineException | StackOverflowError e) {
      documents.problems.add(file + ": not YAML: " + oneLine(e.getMessage()));
    }
    return documents;
  }

  private void document(String file, int index, @Nullable Object value) {
    Tree tree = Tree.of(value).orElseGet(() -> new Tree(Map.of()));
    String kind = tree.kind();
    if (kind.isEmpty() && tree.has("apiVersion")) {
      problems.add(
          Document.where(file, index) + ": apiVersion without kind: the file seems to be cut off");
      return;
    }
    if (tree.has("items") && !kind.endsWith("List") && tree.name().isEmpty()) {
      problems.add(
          Document.where(file, index)
              + ": items, and no kind of a list: the file seems to be cut off");
      return;
    }
    if (kind.isEmpty() || kind.equals("Table")) {
      problems.add(Document.where(file, index) + ": not a Kubernetes object; use -o yaml");
      return;
    }
    holdsObjects = true;
    if ((kind.endsWith("List") && tree.has("items")) || kind.equals("List")) {
      list(file, index, tree);
    } else if (kind.endsWith("List") && tree.name().isEmpty()) {
      // Go prints a list without items as null.
      kinds.add(tree.apiVersion() + "/" + itemKind(tree));
    } else {
      kinds.add(tree.apiVersion() + "/" + kind);
      objects.add(new Document(file, index, tree));
    }
  }

  private void list(String file, int index, Tree list) {
    String kind = itemKind(list);
    if (!kind.isEmpty()) {
      kinds.add(list.apiVersion() + "/" + kind);
    }
    if (!(list.fields().get("items") instanceof List<?> items)) {
      return;
    }
    for (Object item : items) {
      document(file, index, item instanceof Map<?, ?> map ? typed(map, list, kind) : item);
    }
  }

  /** Items of a typed list carry no kind of their own. */
  private static Object typed(Map<?, ?> item, Tree list, String kind) {
    if (kind.isEmpty() || item.containsKey("kind")) {
      return item;
    }
    Map<Object, @Nullable Object> typed = new LinkedHashMap<>();
    typed.put("apiVersion", list.apiVersion());
    typed.put("kind", kind);
    typed.putAll(item);
    return typed;
  }

  private static String itemKind(Tree list) {
    return list.kind().substring(0, list.kind().length() - "List".length());
  }

  private static String oneLine(@Nullable String text) {
    return String.valueOf(text).replaceAll("\\s+", " ").trim();
  }
}
