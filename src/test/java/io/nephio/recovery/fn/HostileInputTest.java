package io.nephio.recovery.fn;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.yaml.BadYaml;
import io.nephio.recovery.yaml.Limits;
import io.nephio.recovery.yaml.Yaml;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in: a ResourceList goes out, and the exit code says whether it holds an error. */
class HostileInputTest {
  private static final int MUTATIONS = Integer.getInteger("hostile.mutations", 20_000);
  private static final long SEED = Long.getLong("hostile.seed", 20261125);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private static final String YAML =
      """
      apiVersion: config.kubernetes.io/v1
      kind: ResourceList
      items:
      - apiVersion: kpt.dev/v1
        kind: Kptfile
        metadata: {name: root}
      - apiVersion: v1
        kind: ConfigMap
        metadata:
          name: other
        data: {a: "b", c: 'd'}
      - apiVersion: v1
        kind: Other
        script: |
          kind: ClusterPolicy "
         # less
        folded: >-
          text
        list:
        - - "a: b"
          - 'it''s'
        - |
          x
        "quoted key": [a, "b]", {c: '}'}]
        plain: it's "here" # and 'there
      - apiVersion: recovery.nephio.io/v1alpha1
        kind: ClusterPolicy
        metadata:
          name: p # a comment
          annotations:
            config.kubernetes.io/index: '0'
            internal.config.kubernetes.io/path: 'policy.yaml'
        spec:
          clusterSelector: &s {matchLabels: {a: b}}
          approvals:
          - {mode: Observe, machineSelector: *s}
          nodeNotReadyThreshold: 5m
      functionConfig: {apiVersion: v1, kind: ConfigMap, data: {strict: "true"}}
      """;

  private static final String JSON =
      """
      {"apiVersion": "config.kubernetes.io/v1", "kind": "ResourceList", "items": [
       {"apiVersion": "recovery.nephio.io/v1alpha1", "kind": "ClusterPolicy",
        "metadata": {"name": "p"}, "spec": {"clusterSelector": {}, "maxInFlight": 1}}]}
      """;

  private static final List<String> TOKENS =
      List.of(
          "\u0000",
          "\t",
          "\r",
          "\n",
          "\n- ",
          "- ",
          "[",
          "{",
          "}",
          "]",
          "\"",
          "'",
          "|",
          ">",
          "&a ",
          "*a",
          "!!binary ",
          "!x ",
          "<<: ",
          "? ",
          ": ",
          "#",
          "%YAML 1.1\n---\n",
          "---\n",
          "...\n",
          "@",
          "`",
          "\\x",
          "\\u0000",
          "\uFEFF",
          "\u0085",
          "\u2028",
          "😀",
          "~",
          "null",
          "1e999",
          "0x",
          "recovery.nephio.io/v1alpha1",
          "ClusterPolicy",
          "results: []\n",
          "\"\\ud800\"",
          "\"\n- apiVersion: v1\n  kind: X\n  a: \"",
          "- apiVersion: v1\n  kind: X\n",
          "\n  \"",
          ": \"",
          ": |\n",
          "\n    ");

  @Test
  void mutatedInputIsAlwaysAnswered() {
    Random random = new Random(SEED);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] input = mutated(random, random.nextInt(4) == 0 ? JSON : YAML);
      answered(input);
      nothingIsPassedOver(input);
    }
  }

  /** Whatever can be read whole says the same when most of it is passed over. */
  private static void nothingIsPassedOver(byte[] input) {
    ResourceList whole;
    try {
      whole = ResourceList.whole(input);
    } catch (BadYaml e) {
      return;
    }
    assertThat(Validation.of(ResourceList.read(input)))
        .as(new String(input, StandardCharsets.UTF_8))
        .isEqualTo(Validation.of(whole));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "&a [", "? ", "'", "!!a ", "\n", " ", "a: *b\n", "#"})
  void whatIsRepeatedWithoutEndIsAnswered(String token) {
    for (int length : new int[] {1000, 100_000, 5_000_000}) {
      String many = token.repeat(length / token.length());
      answered(many.getBytes(StandardCharsets.UTF_8));
      String inside = YAML.replace("nodeNotReadyThreshold: 5m", "branch: " + many);
      answered(inside.getBytes(StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32", "ISO-8859-1"})
  void otherEncodingsAreAnswered(String charset) {
    answered(("# ä\n" + YAML).getBytes(Charset.forName(charset)));
  }

  @Test
  void anAliasBombIsRefusedInNoTime() {
    StringBuilder bomb = new StringBuilder("    l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      String ten = String.join(", ", java.util.Collections.nCopies(10, "*l" + (i - 1)));
      bomb.append("    l%d: &l%d [%s]\n".formatted(i, i, ten));
    }
    String input = YAML.replace("    nodeNotReadyThreshold: 5m\n", bomb);
    assertThat(answered(input.getBytes(StandardCharsets.UTF_8))).isEqualTo(1);
  }

  @Test
  void sizeHasABound() {
    byte[] input = new byte[PolicyFunction.LARGEST + 1];
    Arrays.fill(input, (byte) ' ');
    assertThat(answered(input)).isEqualTo(1);
    byte[] most = new byte[PolicyFunction.LARGEST];
    Arrays.fill(most, (byte) 'x');
    assertThat(answered(most)).isEqualTo(1);
  }

  /** 64 MiB of items that are not ours are passed over, not refused. */
  @Test
  void aHugePackageIsChecked() {
    String item = "- apiVersion: v1\n  kind: X\n  metadata: {name: x}\n  data:\n    a: b\n";
    StringBuilder many = new StringBuilder(YAML.replace("strict: \"true\"", ""));
    int at = many.indexOf("functionConfig");
    many.insert(at, item.repeat((PolicyFunction.LARGEST - YAML.length()) / item.length()));
    assertThat(answered(many.toString().getBytes(StandardCharsets.UTF_8))).isZero();
  }

  private static String added(String text, byte[] input) {
    String added = text.substring(new String(input, StandardCharsets.UTF_8).length());
    return added.isBlank() || added.strip().startsWith("results: [")
        ? "kind: ResourceList\n" + added
        : text;
  }

  private static boolean startsWith(byte[] output, byte[] input) {
    return output.length >= input.length
        && Arrays.equals(output, 0, input.length, input, 0, input.length);
  }

  private static byte[] mutated(Random random, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int times = 1 + random.nextInt(4);
    for (int i = 0; i < times && bytes.length > 1; i++) {
      bytes = mutated(random, bytes);
    }
    return bytes;
  }

  private static byte[] mutated(Random random, byte[] bytes) {
    int at = random.nextInt(bytes.length);
    int to = Math.min(bytes.length, at + 1 + random.nextInt(40));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    switch (random.nextInt(7)) {
      case 0 -> {}
      case 1 -> out.write(bytes, to, bytes.length - to);
      case 2 -> {
        out.write(bytes, at, to - at);
        out.write(bytes, at, bytes.length - at);
      }
      case 3 -> {
        out.write(random.nextInt(256));
        out.write(bytes, at + 1, bytes.length - at - 1);
      }
      case 4 -> {
        String token = TOKENS.get(random.nextInt(TOKENS.size()));
        out.writeBytes(token.repeat(1 + random.nextInt(200)).getBytes(StandardCharsets.UTF_8));
        out.write(bytes, at, bytes.length - at);
      }
      default -> {
        String token = TOKENS.get(random.nextInt(TOKENS.size()));
        out.writeBytes(token.getBytes(StandardCharsets.UTF_8));
        out.write(bytes, at, bytes.length - at);
      }
    }
    return out.toByteArray();
  }

  /** The exit code. */
  private static int answered(byte[] input) {
    long start = System.nanoTime();
    Answer answer = PolicyFunction.answer(input);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST);
    if (input.length > 1 << 20) {
      return answer.exit();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      answer.write(out);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    assertThat(out.size()).isPositive();
    // What is no policy is given back unread, so it may be anything: only what is added counts.
    String text = out.toString(StandardCharsets.UTF_8);
    String read = startsWith(out.toByteArray(), input) ? added(text, input) : text;
    Map<?, ?> tree = (Map<?, ?>) Yaml.read(read, Limits.OBJECTS).get(0).value();
    assertThat(tree.get("kind")).isEqualTo("ResourceList");
    List<?> results = tree.get("results") instanceof List<?> list ? list : List.of();
    boolean error = results.stream().anyMatch(r -> "error".equals(((Map<?, ?>) r).get("severity")));
    assertThat(answer.exit()).as(text).isEqualTo(error ? 1 : 0);
    assertThat(text).doesNotContain("\"rule\": \"internal\"");
    return answer.exit();
  }
}
