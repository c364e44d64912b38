package io.nephio.recovery.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the package's README says of it, held against it. */
class ReadmeTest {
  private static final Set<String> VERBS =
      Set.of("get", "list", "watch", "create", "patch", "update", "delete");

  private static final Pattern ROW = Pattern.compile("\\|([^|]+)\\|([^|]+)\\|");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern WORD = Pattern.compile("([a-z]+)");

  @Test
  void tellsWhatTheOperatorMayDoEverywhere() throws IOException {
    var granted = new TreeMap<String, Set<String>>();
    for (Grant grant : Grant.shipped()) {
      if (grant.namespace().isEmpty()) {
        granted.computeIfAbsent(name(grant), n -> new TreeSet<>()).add(grant.verb());
      }
    }
    assertThat(told()).isEqualTo(granted);
  }

  @Test
  void tellsEverySetterWithItsDefault() throws IOException {
    for (KptPackage kpt : List.of(KptPackage.OPERATOR, KptPackage.POLICY)) {
      String readme = Files.readString(kpt.folder().resolve("README.md"));
      kpt.setters()
          .forEach(
              (name, value) -> assertThat(readme).contains("| `" + name + "` | `" + value + "` |"));
    }
  }

  private static String name(Grant grant) {
    return grant.resource().equals("*") ? grant.group() : grant.resource().replaceAll("/.*", "");
  }

  /** The rows whose last column has verbs: each name in code before them, with the verbs. */
  private static Map<String, Set<String>> told() throws IOException {
    var told = new TreeMap<String, Set<String>>();
    for (String line : Files.readAllLines(KptPackage.OPERATOR.folder().resolve("README.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        Set<String> verbs = words(WORD, row.group(2));
        verbs.retainAll(VERBS);
        if (!verbs.isEmpty()) {
          words(CODE, row.group(1)).forEach(name -> told.put(name, verbs));
        }
      }
    }
    return told;
  }

  private static Set<String> words(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
