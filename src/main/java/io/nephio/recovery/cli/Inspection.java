package io.nephio.recovery.cli;

import io.nephio.recovery.observe.files.Encoding;
import io.nephio.recovery.rules.Kinds;
import io.nephio.recovery.rules.Problem;
import io.nephio.recovery.rules.Rule;
import io.nephio.recovery.rules.Rules;
import io.nephio.recovery.yaml.BadYaml;
import io.nephio.recovery.yaml.Limits;
import io.nephio.recovery.yaml.Yaml;
import io.nephio.recovery.yaml.YamlDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at all objects of all files together, as a package is looked at. */
final class Inspection {
  private record Found(String file, YamlDocument document, List<Object> steps, Map<?, ?> object) {
    int line(List<Object> field) {
      List<Object> all = new ArrayList<>(steps);
      all.addAll(field);
      return document.line(all);
    }
  }

  private final List<Found> objects = new ArrayList<>();
  private final List<Remark> remarks = new ArrayList<>();

  private Inspection() {}

  static List<Remark> of(List<String> files, InputStream standardInput) {
    Inspection inspection = new Inspection();
    for (String file : files) {
      inspection.read(file, standardInput);
    }
    inspection.check();
    return inspection.remarks;
  }

  private void read(String file, InputStream standardInput) {
    try {
      byte[] bytes =
          file.equals("-") ? standardInput.readAllBytes() : Files.readAllBytes(Path.of(file));
      for (YamlDocument document : Yaml.read(Encoding.decode(bytes), Limits.OBJECTS)) {
        add(file, document, List.of(), document.value());
      }
    } catch (BadYaml e) {
      bad(file, e.line(), e.getMessage());
    } catch (CharacterCodingException e) {
      bad(file, 0, "neither UTF-8 nor UTF-16 text");
    } catch (NoSuchFileException | InvalidPathException e) {
      bad(file, 0, "no such file");
    } catch (IOException e) {
      bad(file, 0, "cannot be read: " + e.getMessage());
    }
  }

  private void bad(String file, int line, String message) {
    remarks.add(Remark.of(Rule.INPUT, file, line, message));
  }

  private void add(String file, YamlDocument document, List<Object> steps, @Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return;
    }
    String kind = String.valueOf(map.get("kind"));
    if (kind.endsWith("List") && map.get("items") instanceof List<?> items) {
      for (int i = 0; i < items.size(); i++) {
        List<Object> inside = new ArrayList<>(steps);
        inside.add("items");
        inside.add(i);
        add(file, document, inside, typed(items.get(i), map, kind));
      }
    } else if (Rules.concern(map)) {
      objects.add(new Found(file, document, steps, map));
    }
  }

  /** The items of a typed list have no kind of their own. */
  private static @Nullable Object typed(@Nullable Object item, Map<?, ?> list, String kind) {
    String own = kind.substring(0, kind.length() - "List".length());
    if (own.isEmpty() || !(item instanceof Map<?, ?> map) || map.containsKey("kind")) {
      return item;
    }
    Map<Object, @Nullable Object> typed = new LinkedHashMap<>(map);
    typed.put("apiVersion", list.get("apiVersion"));
    typed.put("kind", own);
    return typed;
  }

  private void check() {
    List<List<Problem>> problems = Rules.check(objects.stream().map(Found::object).toList());
    for (int i = 0; i < objects.size(); i++) {
      for (Problem problem : problems.get(i)) {
        remarks.add(remark(objects.get(i), problem));
      }
    }
    if (objects.isEmpty() && remarks.isEmpty()) {
      remarks.add(
          Remark.of(
              Rule.NO_POLICY,
              "input",
              0,
              "no "
                  + Kinds.POLICY
                  + " and no "
                  + Kinds.REMEDIATION
                  + " in it: nothing was checked"));
    }
  }

  private static Remark remark(Found found, Problem problem) {
    Map<?, ?> metadata = found.object().get("metadata") instanceof Map<?, ?> map ? map : Map.of();
    return new Remark(
        problem.severity(),
        problem.rule(),
        found.file(),
        found.line(problem.field().steps()),
        String.valueOf(found.object().get("kind")),
        metadata.get("namespace") instanceof String namespace ? namespace : null,
        metadata.get("name") instanceof String name ? name : "",
        problem,
        problem.text());
  }
}
