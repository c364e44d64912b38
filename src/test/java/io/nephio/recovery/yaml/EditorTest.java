package io.nephio.recovery.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Given this manifest, these lines change, or none and this is why. */
class EditorTest {
  private static final List<Annotation> RESTART =
      List.of(
          Annotation.of("recovery.nephio.io/restarted", "true"),
          Annotation.ofPodTemplate("kubectl.kubernetes.io/restartedAt", "2026-01-01T00:00:00Z"));
  private static final List<Annotation> ONE = List.of(Annotation.of("a.b/c", "v"));

  private static final String WORKLOAD =
      """
      # who owns this: team core
      apiVersion: apps/v1
      kind: Deployment
      metadata: # kpt-merge: free5gc/smf
        name: smf   # kpt-set: ${name}

        namespace: "free5gc"
      spec:
          replicas: 3
          template:
              # of the pods
              metadata:
                  annotations:
                      team: 'core' # keep
                  labels: {app: smf}
              spec:
                  containers:
                  - name: smf
                    args: ["a: b",   'c']
      """;

  @Test
  void aRestartIsThreeAddedLinesInsideAnUntouchedFile() {
    assertThat(edited(WORKLOAD, RESTART))
        .isEqualTo(
            WORKLOAD
                .replace(
                    "smf\n  name: smf ",
                    "smf\n  annotations:\n    recovery.nephio.io/restarted: \"true\"\n  name: smf ")
                .replace(
                    "annotations:\n                team",
                    "annotations:\n                kubectl.kubernetes.io/restartedAt:"
                        + " \"2026-01-01T00:00:00Z\"\n                team"));
  }

  @Test
  void aSecondRestartChangesTheTimeAlone() {
    String once = edited(WORKLOAD, RESTART);
    List<Annotation> again =
        List.of(
            RESTART.get(0),
            Annotation.ofPodTemplate("kubectl.kubernetes.io/restartedAt", "2026-01-02T03:04:05Z"));
    assertThat(edited(once, again))
        .isEqualTo(once.replace("2026-01-01T00:00:00Z", "2026-01-02T03:04:05Z"));
    assertThat(edited(once, RESTART)).isEqualTo(once);
  }

  /** Each as the file might also have been saved. */
  @ParameterizedTest
  @MethodSource
  void bytesBesideTheEditSurvive(String name, String before) {
    String after = edited(before, RESTART);
    boolean windows = before.contains("\r\n");
    assertThat(after.contains("\r\n")).isEqualTo(windows);
    assertThat(after.replace("\r\n", "").contains("\n")).isNotEqualTo(windows);
    assertThat(after.startsWith("\ufeff")).isEqualTo(before.startsWith("\ufeff"));
    assertThat(after.endsWith("\n")).isEqualTo(before.endsWith("\n"));
    assertThat(after.replace("\r\n", "\n").replace("\ufeff", "").stripTrailing())
        .isEqualTo(edited(WORKLOAD, RESTART).stripTrailing());
  }

  static List<Arguments> bytesBesideTheEditSurvive() {
    return List.of(
        Arguments.of("CRLF", WORKLOAD.replace("\n", "\r\n")),
        Arguments.of("BOM", "\ufeff" + WORKLOAD),
        Arguments.of("BOM and CRLF", "\ufeff" + WORKLOAD.replace("\n", "\r\n")),
        Arguments.of("no final newline", WORKLOAD.stripTrailing()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void onlyTheseLinesChange(String before, String after) {
    assertThat(edited(before, ONE)).isEqualTo(after);
  }

  static List<Arguments> onlyTheseLinesChange() {
    return List.of(
        Arguments.of(
            "metadata:\n  name: x\n", "metadata:\n  annotations:\n    a.b/c: \"v\"\n  name: x\n"),
        Arguments.of(
            "metadata:\n  annotations:\n    x: y\n",
            "metadata:\n  annotations:\n    a.b/c: \"v\"\n    x: y\n"),
        Arguments.of(
            "metadata:\n  annotations:\n", "metadata:\n  annotations:\n    a.b/c: \"v\"\n"),
        Arguments.of(
            "metadata:\n    annotations: # none\n    name: x",
            "metadata:\n    annotations: # none\n        a.b/c: \"v\"\n    name: x"),
        Arguments.of("metadata:\n  annotations:", "metadata:\n  annotations:\n    a.b/c: \"v\""),
        Arguments.of(
            "metadata:\r\n  annotations:", "metadata:\r\n  annotations:\r\n    a.b/c: \"v\""),
        Arguments.of(
            "metadata:\n  annotations: {} # none\n",
            "metadata:\n  annotations: {\"a.b/c\": \"v\"} # none\n"),
        Arguments.of(
            "metadata:\n  annotations: ~\n", "metadata:\n  annotations: {\"a.b/c\": \"v\"}\n"),
        Arguments.of(
            "metadata:\n  annotations: {x: y}\n",
            "metadata:\n  annotations: {\"a.b/c\": \"v\", x: y}\n"),
        Arguments.of(
            "metadata: {name: x}\n", "metadata: {\"annotations\": {\"a.b/c\": \"v\"}, name: x}\n"),
        Arguments.of(
            "{\n  \"metadata\": {\n    \"name\": \"x\"\n  }\n}\n",
            "{\n  \"metadata\": {\n    \"annotations\": {\"a.b/c\": \"v\"},\n    \"name\": \"x\""
                + "\n  }\n}\n"),
        Arguments.of(
            "metadata:\n  annotations:\n    a.b/c: w # mine\n",
            "metadata:\n  annotations:\n    a.b/c: \"v\" # mine\n"),
        Arguments.of(
            "metadata:\n  annotations:\n    'a.b/c': ''\n",
            "metadata:\n  annotations:\n    'a.b/c': \"v\"\n"),
        Arguments.of(
            "metadata:\n  annotations:\n    a.b/c: # empty\n",
            "metadata:\n  annotations:\n    a.b/c: \"v\" # empty\n"),
        Arguments.of(
            "\"metadata\":\n  \"annotations\":\n\n    # why\n    x: y\n",
            "\"metadata\":\n  \"annotations\":\n    a.b/c: \"v\"\n\n    # why\n    x: y\n"),
        Arguments.of(
            "x: \ud83d\ude00\nmetadata:\n  name: \ud83d\ude00\n",
            "x: \ud83d\ude00\nmetadata:\n  annotations:\n    a.b/c: \"v\"\n  name: \ud83d\ude00\n"),
        Arguments.of(
            "%YAML 1.1\n---\nmetadata:\n  name: x\n...\n",
            "%YAML 1.1\n---\nmetadata:\n  annotations:\n    a.b/c: \"v\"\n  name: x\n...\n"),
        Arguments.of(
            "metadata:\n  annotations:\n    t: |\n      {{ not mine }}\n  name: x\n",
            "metadata:\n  annotations:\n    a.b/c: \"v\"\n    t: |\n      {{ not mine }}"
                + "\n  name: x\n"),
        Arguments.of(
            "spec: &s {a: 1}\nmore: *s\nmetadata:\n  name: x\n",
            "spec: &s {a: 1}\nmore: *s\nmetadata:\n  annotations:\n    a.b/c: \"v\"\n  name: x\n"));
  }

  @Test
  void theOtherManifestsOfTheFileStayAsTheyAre() {
    String one = "metadata:\n  name: x\n";
    String file = "---\n# nothing\n---\n" + one + "---\n" + one + "--- # end\n" + one;
    assertThat(Editor.annotate(file, 1, ONE))
        .isEqualTo(
            new Editing.Edited(
                "---\n# nothing\n---\n"
                    + one
                    + "---\nmetadata:\n  annotations:\n    a.b/c: \"v\"\n  name: x\n--- # end\n"
                    + one));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refusedWithAReason(String text, String why) {
    assertThat(Editor.annotate(text, 0, ONE)).isEqualTo(new Editing.Refused(why));
  }

  static List<Arguments> refusedWithAReason() {
    return List.of(
        Arguments.of("kind: X\n", "it has no metadata"),
        Arguments.of(
            "metadata: &m\n  name: x\nmore: *m\n", "an anchor or an alias stands at metadata"),
        Arguments.of(
            "x: &a {y: z}\nmetadata:\n  annotations: *a\n",
            "an anchor or an alias stands at metadata.annotations"),
        Arguments.of(
            "x: &a {y: z}\nmetadata:\n  annotations:\n    <<: *a\n    b: c\n",
            "a merge key (<<) stands beside metadata.annotations.a.b/c"),
        Arguments.of(
            "metadata:\n  name: x\n  name: y\n",
            "it cannot be read: line 3: the key 'name' is there twice: remove one"),
        Arguments.of("metadata: []\n", "metadata is not a map"),
        Arguments.of("metadata:\n  annotations: text\n", "metadata.annotations is not a map"),
        Arguments.of(
            "metadata:\n  annotations:\n    a.b/c: |\n      w\n",
            "metadata.annotations.a.b/c is not written on one line"),
        Arguments.of(
            "metadata:\n  annotations:\n    a.b/c: \"v\n      w\"\n",
            "metadata.annotations.a.b/c is not written on one line"),
        Arguments.of(
            "metadata:\n  name: {{ .Values.name }}\n", "it is a template ({{ }}), not a manifest"),
        Arguments.of(
            "{{- if .Values.on }}\nmetadata:\n  name: x\n{{- end }}\n",
            "it is a template ({{ }}), not a manifest"),
        Arguments.of(
            "metadata:\n\tname: x\n",
            "it cannot be read: line 2: not YAML: found"
                + " character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for"
                + " indentation)"),
        Arguments.of(
            "metadata:\r  name: x\r", "a carriage return stands in it without a line" + " feed"),
        Arguments.of("metadata:\n  name: \ufffd\n", "it is not UTF-8"),
        Arguments.of("- metadata\n", "it holds something that is no object"),
        Arguments.of("", "it has no manifest number 1"),
        Arguments.of("? metadata\n: name: x\n", "something stands before a key on its line"),
        Arguments.of("metadata: { # why\n  name: x}\n", "a comment stands in the way at metadata"));
  }

  @Test
  void aTemplateThatIsMissingIsNotMade() {
    assertThat(Editor.annotate("metadata:\n  name: x\nspec:\n  replicas: 1\n", 0, RESTART))
        .isEqualTo(new Editing.Refused("it has no spec.template"));
    assertThat(
            edited(
                "metadata:\n  annotations:\n    recovery.nephio.io/restarted: \"true\""
                    + "\nspec:\n  template:\n    spec: {}\n",
                RESTART))
        .contains("  template:\n    metadata:\n      annotations:\n        kubectl");
  }

  private static String edited(String text, List<Annotation> annotations) {
    Editing editing = Editor.annotate(text, 0, annotations);
    assertThat(editing).isInstanceOf(Editing.Edited.class);
    return ((Editing.Edited) editing).text();
  }
}
