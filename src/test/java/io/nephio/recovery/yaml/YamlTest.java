package io.nephio.recovery.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTest {
  private static final Limits SMALL = new Limits(1000, 5, 50);

  /** As kubectl, Flux and Config Sync read it. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "yes, true, Boolean",
        "Off, false, Boolean",
        "y, true, Boolean",
        "'\"yes\"', yes, String",
        "~, null, null",
        "Null, null, null",
        "'''''', '', String",
        "!!str 5, 5, String",
        "12, 12, Long",
        "-3, -3, Long",
        "+3, 3, Long",
        "010, 8, Long",
        "0o17, 15, Long",
        "0x1F, 31, Long",
        "0b11, 3, Long",
        "1_000, 1000, Long",
        "08, 8.0, Double",
        "9223372036854775807, 9223372036854775807, Long",
        "9223372036854775808, 9.223372036854776E18, Double",
        "1.5, 1.5, Double",
        ".5, 0.5, Double",
        "1e3, 1000.0, Double",
        "1., 1.0, Double",
        "1e, 1e, String",
        "1f, 1f, String",
        ".inf, Infinity, Double",
        ".nan, NaN, Double",
        "0x, 0x, String",
        "-x, -x, String",
        "., ., String",
        "12e34567, Infinity, Double",
        "2026-11-26T05:24:00Z, 2026-11-26T05:24:00Z, String",
        "12:30, 12:30, String",
        "1.2.3, 1.2.3, String",
        "10m, 10m, String",
        "=, =, String"
      })
  void plainScalarsAreTyped(String text, String value, String type) {
    Object read = ((Map<?, ?>) one("a: " + text)).get("a");
    assertThat(String.valueOf(read)).isEqualTo(String.valueOf(value));
    assertThat(read == null ? null : read.getClass().getSimpleName()).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a: [1                  | line 1: not YAML: expected ',' or ']', but got <stream end>
          a: 1\\na: 2            | line 2: the key 'a' is there twice: remove one
          [[[[[[1]]]]]]          | line 1: more than 5 levels deep: not read
          a: *b                  | line 1: *b stands for nothing before it
          a: &a [*a]             | line 1: *a stands for nothing before it
          [1]: 2                 | line 1: a key must be a text
          {<<: 5}                | line 1: << takes a map or a list of maps
          """)
  void whatIsWrongIsOneLine(String text, String message) {
    BadYaml bad =
        catchThrowableOfType(BadYaml.class, () -> Yaml.read(text.replace("\\n", "\n"), SMALL));
    assertThat(bad.text()).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a: \u0000", "\u0007", "\"\\uZZZZ\"", "\"\\U99999999\"", "%YAML 9.9\n--- a"})
  void whatIsNoYamlIsRefused(String text) {
    assertThat(catchThrowableOfType(BadYaml.class, () -> Yaml.read(text, SMALL))).isNotNull();
  }

  @Test
  void aSmallTextThatStandsForALargeTreeIsRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      String before = "*a" + (i - 1);
      bomb.append(
          "a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", List.of(before, before, before))));
    }
    BadYaml bad = catchThrowableOfType(BadYaml.class, () -> Yaml.read(bomb.toString(), SMALL));
    assertThat(bad.getMessage()).isEqualTo("more than 50 values: not read");
  }

  @Test
  void aliasesAndMergesGiveWhatTheyStandFor() {
    Object value = one("a: &a {x: 1, y: 2}\nb: *a\nc: {<<: *a, y: 3}\nd: {<<: [*a, {z: 4}]}");
    assertThat(value)
        .isEqualTo(
            Map.of(
                "a", Map.of("x", 1L, "y", 2L),
                "b", Map.of("x", 1L, "y", 2L),
                "c", Map.of("x", 1L, "y", 3L),
                "d", Map.of("x", 1L, "y", 2L, "z", 4L)));
  }

  @Test
  void theLineOfAFieldIsThatOfItsKey() {
    YamlDocument document = Yaml.read("# c\n---\na:\n  b:\n  - c: 1\n  - c: 2\n", SMALL).get(0);
    assertThat(document.line()).isEqualTo(3);
    assertThat(document.line(List.of("a", "b", 1, "c"))).isEqualTo(6);
    assertThat(document.line(List.of("a", "none", "c"))).isEqualTo(3);
  }

  @Test
  void emptyDocumentsAreNone() {
    assertThat(Yaml.read("---\n---\na: 1\n...\n---\n# c\n", SMALL)).hasSize(1);
  }

  private static Object one(String text) {
    return Yaml.read(text, SMALL).get(0).value();
  }
}
