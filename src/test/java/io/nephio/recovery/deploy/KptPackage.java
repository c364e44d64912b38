package io.nephio.recovery.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A kpt package of this repository. Its fields that differ from site to site are marked as the
 * function apply-setters reads it: the value is the pattern of the comment behind it, with the
 * values of setters.yaml put in.
 */
record KptPackage(Path folder) {
  static final KptPackage OPERATOR = new KptPackage(Path.of("packages/recovery-operator"));
  static final KptPackage POLICY = new KptPackage(Path.of("packages/cluster-policy"));

  private static final String SETTERS = "setters.yaml";
  private static final Pattern MARKED = Pattern.compile("(.*[:-] )(\\S+) # kpt-set: (.+)");
  private static final Pattern SETTER = Pattern.compile("\\$\\{([a-z-]+)}");

  /**
   * A marked line.
   *
   * @param file name and number of the line
   */
  record Mark(String file, String value, String pattern) {
    List<String> setters() {
      return SETTER.matcher(pattern).results().map(match -> match.group(1)).toList();
    }

    String expanded(Map<String, String> setters) {
      return SETTER
          .matcher(pattern)
          .replaceAll(m -> Matcher.quoteReplacement(setters.get(m.group(1))));
    }
  }

  /** The text of every YAML file but the setters', by its path in the package. */
  Map<String, String> files() {
    try (Stream<Path> all = Files.walk(folder)) {
      var files = new TreeMap<String, String>();
      for (Path file : all.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        files.put(folder.relativize(file).toString(), Files.readString(file));
      }
      files.remove(SETTERS);
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, String> setters() {
    try {
      JsonNode object =
          new KubernetesSerialization()
              .unmarshal(Files.readString(folder.resolve(SETTERS)), JsonNode.class);
      var setters = new TreeMap<String, String>();
      object.path("data").properties().forEach(e -> setters.put(e.getKey(), e.getValue().asText()));
      return setters;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Mark> marks() {
    var marks = new ArrayList<Mark>();
    files()
        .forEach(
            (name, text) -> {
              List<String> lines = text.lines().toList();
              for (int i = 0; i < lines.size(); i++) {
                Matcher line = MARKED.matcher(lines.get(i));
                if (line.matches()) {
                  marks.add(new Mark(name + ":" + (i + 1), line.group(2), line.group(3)));
                }
              }
            });
    return marks;
  }

  /** All files as one stream of objects, with other values in the marked places. */
  String set(Map<String, String> setters) {
    var lines = new ArrayList<String>();
    for (String text : files().values()) {
      lines.add("---");
      for (String line : text.lines().toList()) {
        Matcher marked = MARKED.matcher(line);
        lines.add(
            marked.matches()
                ? marked.group(1) + new Mark("", "", marked.group(3)).expanded(setters)
                : line);
      }
    }
    return String.join("\n", lines) + "\n";
  }

  static String unmarked(String text) {
    return text.replaceAll(" # kpt-set: .*", "");
  }
}
