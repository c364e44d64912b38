package io.nephio.recovery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValidateCommandTest {
  private static final String POLICY =
      """
      apiVersion: recovery.nephio.io/v1alpha1
      kind: ClusterPolicy
      metadata:
        name: p
        namespace: mgmt
      spec: {%s}
      """;

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          clusterSelector: {}                     | 0 | ''
          clusterSelector: {}, maxInFlight: 0     | 1 | :6: error: ClusterPolicy mgmt/p: spec.maxInFlight: must be from 1 to 20, is 0 [range]
          clusterSelector: {}, maxUnhealthy: 100% | 0 | :6: warning: ClusterPolicy mgmt/p: spec.maxUnhealthy: can never be passed, so a mass failure is proposed machine by machine: write less, like 40% [all-at-once]
          """)
  void aResultIsOneLine(String spec, int exit, String line) throws IOException {
    String file = file("policy.yaml", POLICY.formatted(spec));
    assertThat(validate(file)).isEqualTo(exit);
    assertThat(out()).isEqualTo(line.isEmpty() ? "" : file + line + "\n");
  }

  @ParameterizedTest
  @CsvSource({"--strict, 1, error", "--mute=all-at-once, 0, ''"})
  void warningsCanBeErrorsOrMuted(String option, int exit, String severity) throws IOException {
    String spec = "clusterSelector: {}, maxUnhealthy: 100%";
    assertThat(validate(option, file("p.yaml", POLICY.formatted(spec)))).isEqualTo(exit);
    assertThat(out()).contains(severity).hasLineCount(severity.isEmpty() ? 0 : 1);
  }

  @Test
  void filesAreLookedAtTogether() throws IOException {
    String one = file("one.yaml", POLICY.formatted("clusterSelector: {}"));
    String two = file("two.yaml", POLICY.formatted("clusterSelector: {}"));
    assertThat(validate(one, two)).isEqualTo(1);
    assertThat(out())
        .contains(two + ":4: error: ClusterPolicy mgmt/p: metadata.name: is there twice");
  }

  @Test
  void theItemsOfListsAreLookedAt() throws IOException {
    String list =
        """
        kind: ClusterPolicyList
        apiVersion: recovery.nephio.io/v1alpha1
        items:
        - metadata: {name: a}
          spec: {clusterSelector: {}}
        - metadata: {name: b}
          spec:
            clusterSelector: {matchLabels: {a: b}}
            maxInFlight: 99
        """;
    assertThat(validate(file("list.json", list))).isEqualTo(1);
    assertThat(out())
        .endsWith(
            "list.json:9: error: ClusterPolicy b: spec.maxInFlight: must be from 1 to 20, is 99 [range]\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a: [1         | 1 | :1: error: not YAML: expected ',' or ']', but got <stream end> [input]
          a: 1\\na: 2   | 1 | :2: error: the key 'a' is there twice: remove one [input]
          kind: Pod     | 0 | 'input: info: no ClusterPolicy and no Remediation in it: nothing was checked [no-policy]'
          """)
  void whatCannotBeReadIsOneLineToo(String text, int exit, String line) throws IOException {
    String file = file("x.yaml", text.replace("\\n", "\n"));
    assertThat(validate(file)).isEqualTo(exit);
    assertThat(out()).isEqualTo((line.startsWith(":") ? file : "") + line + "\n");
  }

  @Test
  void aFileThatIsNotThereIsAnError() {
    assertThat(validate("none.yaml")).isEqualTo(1);
    assertThat(out()).isEqualTo("none.yaml: error: no such file [input]\n");
  }

  @Test
  void jsonIsForPrograms() throws IOException {
    String file = file("p.yaml", POLICY.formatted("clusterSelector: {}, maxInFlight: 0"));
    assertThat(validate("-o", "json", file)).isEqualTo(1);
    JsonNode result = new ObjectMapper().readTree(out()).at("/results/0");
    assertThat(result.toString())
        .isEqualTo(
            ("{'severity':'error','rule':'range','file':'"
                    + file
                    + "','line':6,"
                    + "'kind':'ClusterPolicy','namespace':'mgmt','name':'p',"
                    + "'field':'spec.maxInFlight','message':'must be from 1 to 20, is 0',"
                    + "'currentValue':'0','proposedValue':'1'}")
                .replace('\'', '"'));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--mute=range x.yaml", "--mute=none x.yaml", "--bogus x.yaml"})
  void wrongUse(String arguments) {
    assertThat(validate(arguments.split(" ", -1))).isEqualTo(2);
    assertThat(err()).contains("Try 'recovery validate --help'");
  }

  @Test
  void helpTellsTheExitCodes() {
    assertThat(validate("--help")).isZero();
    assertThat(out()).contains("FILE", "--strict", "wrong usage");
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private int validate(String... arguments) {
    String[] all =
        Stream.concat(Stream.of("validate"), Stream.of(arguments))
            .filter(a -> !a.isEmpty())
            .toArray(String[]::new);
    return Recovery.run(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        all);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
