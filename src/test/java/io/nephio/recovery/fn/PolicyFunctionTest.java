package io.nephio.recovery.fn;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.yaml.Limits;
import io.nephio.recovery.yaml.Yaml;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFunctionTest {
  private static final String START =
      "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n";

  private static final String KPTFILE =
      """
      - apiVersion: kpt.dev/v1
        kind: Kptfile
        metadata:
          name: root
          annotations:
            internal.config.kubernetes.io/path: 'Kptfile'
            internal.config.kubernetes.io/package-path: '/tmp/pkg'
      """;

  private static final String OTHER =
      """
      - apiVersion: v1
        kind: ConfigMap
        metadata: # not ours
          name: other
        data:
          script: |
            kind: ClusterPolicy "
          text: 'it''s "here"'
          list: ["a", '}', {b: c}]
      """;

  private record Run(String input, int exit, String output) {
    Map<?, ?> tree() {
      return (Map<?, ?>) Yaml.read(output, Limits.OBJECTS).get(0).value();
    }

    List<Map<?, ?>> results() {
      List<Map<?, ?>> results = new ArrayList<>();
      if (tree().get("results") instanceof List<?> list) {
        list.forEach(r -> results.add((Map<?, ?>) r));
      }
      return results;
    }

    List<String> rules() {
      return results().stream()
          .map(r -> ((Map<?, ?>) r.get("tags")).get("rule") + " " + r.get("severity"))
          .toList();
    }
  }

  @Test
  void whatIsRightIsGivenBackAsItIs() {
    Run run = run(START + KPTFILE + policy("p", "'policy.yaml'", "clusterSelector: {}") + OTHER);
    assertThat(run.output()).isEqualTo(run.input());
    assertThat(run.exit()).isZero();
  }

  @Test
  void resultsAreAddedAndEverythingElseStays() {
    Run run = run(START + KPTFILE + policy("p", "'policy.yaml'", "maxInFlight: 0") + OTHER);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.output()).startsWith(run.input() + "results: [");
    assertThat(run.results().get(0))
        .isEqualTo(
            Map.of(
                "message",
                "ClusterPolicy p: spec.clusterSelector: is missing and has no default",
                "severity",
                "error",
                "resourceRef",
                Map.of(
                    "apiVersion",
                    "recovery.nephio.io/v1alpha1",
                    "kind",
                    "ClusterPolicy",
                    "name",
                    "p"),
                "field",
                Map.of("path", "spec.clusterSelector"),
                "file",
                Map.of("path", "sub/policy.yaml", "index", 0L),
                "tags",
                Map.of("rule", "required")));
    assertThat(run.results().get(1).get("field"))
        .isEqualTo(Map.of("path", "spec.maxInFlight", "currentValue", "0", "proposedValue", "1"));
  }

  @Test
  void warningsDoNotFail() {
    Run run = run(START + policy("p", "'p.yaml'", "clusterSelector: {}, maxUnhealthy: 100%"));
    assertThat(run.exit()).isZero();
    assertThat(run.rules()).containsExactly("all-at-once warning");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {kind: ConfigMap, data: {strict: 'true'}}           | 1 | all-at-once error
          {kind: ConfigMap, data: {strict: 'false'}}          | 0 | all-at-once warning
          {kind: ConfigMap, data: {mute: all-at-once}}        | 0 | ''
          {kind: ConfigMap, data: {mute: 'branch, all-at-once'}} | 0 | ''
          {kind: ConfigMap}                                   | 0 | all-at-once warning
          {kind: ConfigMap, data: {strct: 'true'}}            | 0 | config warning,all-at-once warning
          {kind: ConfigMap, data: {strict: maybe}}            | 0 | config warning,all-at-once warning
          {kind: ConfigMap, data: {mute: range}}              | 0 | config warning,all-at-once warning
          {kind: ConfigMap, data: {mute: no-such}}            | 0 | config warning,all-at-once warning
          {kind: ConfigMap, data: {strict: 'true', x: y}}     | 1 | config error,all-at-once error
          {kind: Secret}                                      | 0 | config warning,all-at-once warning
          text                                                | 0 | config warning,all-at-once warning
          {apiVersion: fn.recovery.nephio.io/v1alpha1, kind: ValidateClusterPolicy, spec: {strict: true}} | 1 | all-at-once error
          {apiVersion: fn.recovery.nephio.io/v1alpha1, kind: ValidateClusterPolicy, spec: {mute: [all-at-once]}} | 0 | ''
          {apiVersion: fn.recovery.nephio.io/v1alpha1, kind: ValidateClusterPolicy, spec: {x: 1}} | 0 | config warning,all-at-once warning
          """)
  void theConfigIsObeyed(String config, int exit, String rules) {
    Run run =
        run(
            START
                + policy("p", "'p.yaml'", "clusterSelector: {}, maxUnhealthy: 100%")
                + "functionConfig: "
                + config
                + "\n");
    assertThat(run.exit()).isEqualTo(exit);
    assertThat(String.join(",", run.rules())).isEqualTo(rules);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", KPTFILE, KPTFILE + OTHER})
  void aPackageWithoutAPolicySaysSo(String items) {
    Run run = run(START + items + (items.isEmpty() ? "  []\n" : ""));
    assertThat(run.exit()).isZero();
    assertThat(run.rules()).containsExactly("no-policy info");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "text",
        "a: [1",
        "kind: ResourceList\nitems: []\n",
        "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems: {}\n",
        "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems: [1]\n",
        START + "  []\n---\na: b\n",
        START + "  []\nresults: []\n",
        START + "- apiVersion: recovery.nephio.io/v1alpha1\n  kind: ClusterPolicy\n  kind: X\n",
        START + "- apiVersion: v1\n  kind: X\n  a: \u0000\n",
      })
  void whatCannotBeReadIsAnErrorInAResourceList(String input) {
    Run run = run(input);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.rules()).containsExactly("input error");
    assertThat(run.tree().get("kind")).isEqualTo("ResourceList");
  }

  @Test
  void bytesThatAreNoTextAreAnErrorToo() {
    byte[] input = (START + policy("p", "x", "branch: '?'")).getBytes(StandardCharsets.UTF_8);
    input[input.length - 5] = (byte) 0xC3;
    assertThat(run(input).rules()).containsExactly("input error");
  }

  @Test
  void flowStyleGetsItsResultsInside() {
    Run run =
        run(
            """
            {"apiVersion": "config.kubernetes.io/v1", "kind": "ResourceList", "items": [
             {"apiVersion": "recovery.nephio.io/v1alpha1", "kind": "ClusterPolicy",
              "metadata": {"name": "p"}, "spec": {}}]}
            """);
    assertThat(run.rules()).containsExactly("required error");
    assertThat(run.tree().get("items")).isInstanceOf(List.class);
  }

  /** Whatever kpt would not write is parsed whole; none of it may hide a policy. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "- apiVersion: v1\n  kind: X\n  a: \"\n- apiVersion: v1\n  kind: X\n  b: \", %s}\n",
        "- {apiVersion: v1, kind: X, a: \"\n- apiVersion: v1\n  kind: X\n  b: \", z: z}\n- %s\n",
        "- apiVersion: v1\n  kind: X\n  \"kind\": Y\n- %s\n",
        "- kind: X\n  apiVersion: v1\n- %s\n",
        "- apiVersion: v1\n  kind: X\n  a: |\n    \"\n- %s\n",
        "- apiVersion: v1\n  kind: X\n  a:\n    |\n     x\n    b: \"\n- \"\n- %s\n",
        "- apiVersion: v1\n  kind: X\n  a: b # \"\n- %s\n",
        "- apiVersion: v1\n  kind: X\n  a: '\n- apiVersion: v1\n  kind: X\n  b: '\n- %s\n",
        "- apiVersion: v1\n  kind: X\n  a: x\u2028- %s\n",
        "# comment\n- %s\n",
        "- %s\n",
        "- apiVersion: v1\n  kind: X\n  ? a\n  : b\n- %s\n",
        "- apiVersion: v1\n  kind: X\n  a: &a [\n   b]\n- %s\n",
        "- apiVersion: v1\n  kind: X\n- \"apiVersion\": recovery.nephio.io/v1\n  kind: X\n",
        "- apiVersion: \"recovery\\x2enephio.io/v1alpha1\"\n  kind: ClusterPolicy\n",
        "- apiVersion: v1\n  kind: X\n  apiVersion: recovery.nephio.io/v1alpha1\n",
      })
  void noPolicyHides(String items) {
    String policy = "{apiVersion: recovery.nephio.io/v1alpha1, kind: ClusterPolicy}";
    Run run = run(START + items.formatted(policy));
    assertThat(run.exit()).isEqualTo(1);
  }

  @Test
  void resultsAreInTheOrderOfFiles() {
    String second =
        policy("b", "'a.yaml'", "{maxInFlight: 0, clusterSelector: {}}")
            .replace("index: '0'", "index: '1'");
    Run run = run(START + policy("c", "'b.yaml'", "{}") + second + policy("a", "'a.yaml'", "{}"));
    assertThat(run.results().stream().<Object>map(r -> r.get("file")))
        .containsExactly(
            Map.of("path", "a.yaml", "index", 0L),
            Map.of("path", "a.yaml", "index", 1L),
            Map.of("path", "b.yaml", "index", 0L));
  }

  private static String policy(String name, String path, String spec) {
    return """
        - apiVersion: recovery.nephio.io/v1alpha1
          kind: ClusterPolicy
          metadata:
            name: %s
            annotations:
              internal.config.kubernetes.io/index: '0'
              internal.config.kubernetes.io/path: %s
              internal.config.kubernetes.io/package-path: '/tmp/pkg/sub'
          spec: %s
        """
        .formatted(name, path, spec.startsWith("{") ? spec : "{" + spec + "}");
  }

  private static Run run(String input) {
    return run(input.getBytes(StandardCharsets.UTF_8));
  }

  private static Run run(byte[] input) {
    Answer answer = PolicyFunction.answer(input);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      answer.write(out);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return new Run(
        new String(input, StandardCharsets.UTF_8),
        answer.exit(),
        out.toString(StandardCharsets.UTF_8));
  }
}
