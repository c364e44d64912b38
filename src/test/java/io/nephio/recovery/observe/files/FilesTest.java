package io.nephio.recovery.observe.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.ClusterRef;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.Reach;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilesTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final String NODE = "{apiVersion: v1, kind: Node, metadata: {name: n1}}";
  private static final String POLICY =
      """
      apiVersion: recovery.nephio.io/v1alpha1
      kind: ClusterPolicy
      metadata: {name: p}
      spec: %s
      """;

  @TempDir Path folder;
  private String policy;

  @BeforeEach
  void policy() throws IOException {
    policy = write("policy.yaml", POLICY.formatted("{clusterSelector: {}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NAME STATUS AGE                  | , document 1: not a Kubernetes object; use -o yaml
          {kind: Table, rows: []}          | , document 1: not a Kubernetes object; use -o yaml
          [1, 2]                           | , document 1: not a Kubernetes object; use -o yaml
          {a: b}                           | , document 1: not a Kubernetes object; use -o yaml
          {kind: List, items: [text]}      | , document 1: not a Kubernetes object; use -o yaml
          a: [1                            | , line 1: not YAML: expected ',' or ']', but got <stream end>
          {kind: Node, kind: Node}         | , line 1: not YAML: found duplicate key kind
          {apiVersion: v1, items: []}      | , document 1: apiVersion without kind: the file seems to be cut off
          ''                               | : no Kubernetes object in it
          """)
  void whatIsWrongIsOneLine(String text, String problem) throws IOException {
    String file = write("bad.yaml", text);
    assertThat(problems(file)).containsExactly(file + problem);
  }

  @Test
  void everyBadFileIsNamedAndTheDocumentInIt() throws IOException {
    String first = write("a.yaml", NODE + "\n---\ntext\n");
    String second = folder.resolve("none.yaml").toString();
    String third = Files.createDirectory(folder.resolve("empty")).toString();
    assertThat(problems(first, second, third))
        .containsExactly(
            first + ", document 2: not a Kubernetes object; use -o yaml",
            second + ": no such file or directory",
            third + ": no Kubernetes object in any .yaml, .yml or .json file of it");
  }

  @Test
  void bytesThatAreNoTextAreOneLine() throws IOException {
    Path file = Files.write(folder.resolve("x.yaml"), new byte[] {'a', (byte) 0xC3, '(', 'b'});
    assertThat(problems(file.toString())).containsExactly(file + ": neither UTF-8 nor UTF-16 text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {clusterSelector: {}, nodeNotReadyThreshold: soon} | spec.nodeNotReadyThreshold
          {clusterSelector: {}, maxUnhealthy: 0%}            | spec.maxUnhealthy
          {clusterSelector: {}, maxInFlight: 99}             | spec.maxInFlight
          {clusterSelector: {}, nodeNotReady: 5m}            | spec.nodeNotReady
          {clusterSelector: {}, shortInterval: 1h}           | spec.shortInterval
          {clusterSelector: {}, repository: mgmt}            | spec.repository
          {clusterSelector: {}, review: {users: 3}}          | spec.review.users
          {}                                                 | spec.clusterSelector
          """)
  void aBadPolicyIsNamedToTheField(String spec, String field) throws IOException {
    policy = write("policy.yaml", POLICY.formatted(spec));
    String node = write("n.yaml", NODE);
    assertThat(problems(node))
        .singleElement()
        .asString()
        .startsWith(policy + ", document 1, ClusterPolicy p: " + field)
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void textIsReadInTheEncodingsThatShellsWrite(String charset) throws IOException {
    for (String mark : List.of("", "\uFEFF")) {
      byte[] bytes = (mark + "kind: Node\r\napiVersion: v1\r\n").getBytes(Charset.forName(charset));
      Path file = Files.write(folder.resolve("n.yaml"), bytes);
      assertThat(nodes(file.toString())).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {apiVersion: v1, kind: NodeList, items: [{metadata: {name: n1}}]}          | n1
          {apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Node, metadata: {name: n1}}]} | n1
          {apiVersion: v1, kind: NodeList, items: []}                                | ''
          {apiVersion: v1, kind: NodeList, items: null}                              | ''
          {apiVersion: v1, kind: Pod, metadata: {name: p}}                           |
          {apiVersion: v1, kind: List, items: []}                                    |
          """)
  void nodesAreSeenOnlyIfTheKindIsThere(String dump, String names) throws IOException {
    String pod = write("pod.json", "{\"apiVersion\": \"v1\", \"kind\": \"Pod\"}");
    String list = write("dump.yaml", dump);
    Cluster cluster =
        read(List.of(), List.of("edge01=" + pod, "edge01=" + list)).fleet().clusters().get(0);
    assertThat(cluster.reach()).isInstanceOf(Reach.Reached.class);
    if (names == null) {
      assertThat(cluster.nodes()).isInstanceOf(Known.NotLooked.class);
    } else {
      assertThat(cluster.nodes()).isInstanceOf(Known.Seen.class);
      assertThat(
              String.join(",", cluster.nodes().items().stream().map(n -> n.ref().name()).toList()))
          .isEqualTo(names);
    }
  }

  @Test
  void aDirectoryIsReadPastWhatIsNoObject() throws IOException {
    Files.createDirectories(folder.resolve("dump/deep"));
    write(
        "dump/nodes.json",
        "{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"a\"}}");
    write("dump/deep/b.yml", NODE);
    write("dump/deep/values.yaml", "a: [1");
    write("dump/logs.txt", "---\nkind: Node\n");
    assertThat(nodes(folder.resolve("dump").toString())).containsExactly("a", "n1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"apiVersion\": \"v1\", \"kind\": \"NodeList\", \"items\": [{\"metadata\": {\"name\"",
        "apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Node\n  metadata: {name: n1}\n",
        "apiVersion: v1\nkind: Node\nmetadata:\n  name: 'n"
      })
  void aFileThatWasCutOffIsNamedInsideADirectoryToo(String text) throws IOException {
    Files.createDirectories(folder.resolve("dump"));
    write("dump/whole.yaml", NODE);
    String cut = write("dump/cut.yaml", text);
    assertThat(problems(folder.resolve("dump").toString()))
        .singleElement()
        .asString()
        .startsWith(cut);
  }

  @Test
  void whatClusterInfoDumpPrintsIsReadPastItsLogs() throws IOException {
    String dump =
        write(
            "dump.txt",
            """
            {"apiVersion": "v1", "kind": "NodeList", "items": [{"metadata": {"name": "n1"}}]}
            {"apiVersion": "v1", "kind": "PodList", "items": []}
            ==== START logs for container app of pod shop/web ====
            ---
            kind: Node
            {"apiVersion": "v1"
            ==== END logs for container app of pod shop/web ====
            {"apiVersion": "v1", "kind": "NodeList", "items": [{"metadata": {"name": "n2"}}]}
            """);
    assertThat(nodes(dump)).containsExactly("n1", "n2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"kind":"NodeList","apiVersion":"v1","items":[{"metadata":{"name":"a"}},{"metadata":{"name":"b"}}]} | a b
          {"apiVersion":"v1","items":[{"apiVersion":"v1","kind":"Node","metadata":{"name":"a"}}],"kind":"List"} | a
          {"apiVersion":"v1","items":[{"metadata":{"name":"a"}}],"kind":"NodeList"} | a
          {"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"}},{"apiVersion":"v1","kind":"Node","metadata":{"name":"a"}},{"apiVersion":"foo.example.com/v9","kind":"Node","metadata":{"name":"x"}}]} | a
          {"apiVersion":"v1","kind":"Node","metadata":{"name":"a"}} {"apiVersion":"v1","kind":"Thing","spec":{"kind":"Node","items":[1]}} | a
          {"apiVersion":"v1","kind":"Node","metadata":{"managedFields":[{"fieldsV1":{"f:kind":{},"name":"x"}}],"name":"a"}} | a
          {"metadata":{"name":"a"},"kind":"Node","apiVersion":"v1"} | a
          {\t"apiVersion":\t"v1",\t"kind": "Node",\t"metadata": {"name": "a"}} | a
          {apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Pod, metadata: {name: p}}, {apiVersion: v1, kind: Node, metadata: {name: a}}]} | a
          {apiVersion: v1, kind: Node, metadata: {name: a, managedFields: [{fieldsV1: {"f:status": {}}}]}} | a
          """)
  void itDoesNotMatterHowTheyAreWritten(String text, String names) throws IOException {
    String file = write("n.txt", text.replace("\\t", "\t"));
    assertThat(String.join(" ", nodes(file))).isEqualTo(names);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"apiVersion": "v1", "kind": "Node",           | , line 1: the JSON is cut off in the middle
          {"apiVersion": "v1", "kind": "Node", "metadat  | , line 1: the JSON is cut off in the middle
          {"kind": "Node", "metadata": {"name": "a"}, "spec": {"unschedulable": tru | , line 1: the JSON is cut off in the middle
          {"kind": "Node", "metadata": {"generation": 12 | , line 1: the JSON is cut off in the middle
          items: [{kind: Node}]\\nkind: Lis              | , document 1: items, and no kind of a list: the file seems to be cut off
          {"kind": "PodList", "items": []}\\n==== START logs for container a of pod b/c ====\\nx | : the logs in it do not end: the file is cut off
          {"kind": "Node", "kind": "Node"}               | , line 1: not YAML: found duplicate key kind
          a:\\t\\n\\tb: 1                                  | , line 2: not YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)
          """)
  void whatIsCutOffOrCannotBeReadIsNamedWithItsLine(String text, String problem)
      throws IOException {
    String file = write("bad.txt", text.replace("\\t", "\t").replace("\\n", "\n"));
    assertThat(problems(file)).containsExactly(file + problem);
  }

  /** Whatever the last byte is that came through, but for the line's end. */
  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE"})
  void jsonThatIsCutOffAnywhereIsNotTakenForWhole(String charset) throws IOException {
    String whole =
        "{\"apiVersion\": \"v1\", \"items\": [{\"metadata\": {\"name\": \"a\", \"generation\": 12}},"
            + " {\"metadata\": {\"name\": \"b\\\\n\"}, \"spec\": {\"unschedulable\": true}}], \"kind\":"
            + " \"NodeList\"}";
    Path file = folder.resolve("cut.json");
    for (int i = 1; i < whole.length(); i++) {
      Files.write(file, whole.substring(0, i).getBytes(charset));
      assertThat(problems(file.toString())).as(whole.substring(0, i)).isNotEmpty();
    }
    Files.write(file, whole.getBytes(charset));
    assertThat(nodes(file.toString())).hasSize(2);
  }

  @Test
  void theTreeOfAClusterInfoDumpIsReadPastItsLogs() throws IOException {
    write(
        "dump/nodes.json",
        "{\"kind\":\"NodeList\",\"apiVersion\":\"v1\",\"items\":[{\"metadata\":{\"name\":\"a\"}}]}");
    write("dump/shop/pods.json", "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"items\":null}");
    write(
        "dump/shop/web-1/logs.txt",
        "==== START logs for container web of pod shop/web-1 ====\nkind: Node\n");
    Cluster cluster = cluster(folder.resolve("dump"));
    assertThat(cluster.nodes().items()).extracting(n -> n.ref().name()).containsExactly("a");
    assertThat(cluster.contents().pods()).isEqualTo(new Known.Seen<>(List.of()));
  }

  @Test
  void theTreeOfAMustGatherIsReadAndWhatIsInItTwiceCountsOnce() throws IOException {
    String pod =
        "{metadata: {name: web, namespace: shop, resourceVersion: '7'}, spec: {nodeName: n1}}";
    String image = "must-gather.local.1/quay-io-release-sha256-0/";
    write(image + "cluster-scoped-resources/core/nodes/n1.yaml", "---\n" + NODE + "\n");
    write(
        image + "namespaces/shop/core/pods.yaml",
        "---\napiVersion: v1\nkind: PodList\nitems:\n- " + pod + "\n");
    write(
        image + "namespaces/shop/pods/web/web.yaml",
        "---\n{apiVersion: v1, kind: Pod, " + pod.substring(1));
    write(
        image + "namespaces/shop/pods/web/web/web/logs/current.log",
        "2026-01-01T00:00:00Z kind: Node");
    write(
        image + "cluster-scoped-resources/config.openshift.io/clusteroperators.yaml",
        "apiVersion: config.openshift.io/v1\nkind: ClusterOperatorList\nitems: []\n");
    write("must-gather.local.1/timestamp", "2026-01-01 00:00:00");
    write("must-gather.local.1/event-filter.html", "<html>");
    Observation seen = read(List.of(), List.of("edge01=" + folder.resolve("must-gather.local.1")));
    Cluster cluster = seen.fleet().clusters().get(0);
    assertThat(cluster.nodes().items()).hasSize(1);
    assertThat(cluster.contents().pods().items()).extracting(p -> p.node()).containsExactly("n1");
    assertThat(seen.notes()).isEmpty();
  }

  /** What is left out of large JSON must not change what is read, nor when it was taken. */
  @Test
  void jsonIsReadAsYamlIs() throws IOException {
    String object =
        """
        {"apiVersion": "v1", "kind": "Pod",
         "metadata": {"name": "p", "labels": {"a": "b"}, "managedFields": [{"time": "2026-03-01T00:00:00Z"}]},
         "spec": {"nodeName": "n1", "containers": [{"name": "c", "env": [{"name": "kind", "value": "Node"}]}]},
         "status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}],
          "containerStatuses": [{"name": "c", "restartCount": 3, "state": {"running": {"startedAt": "2026-02-01T00:00:00Z"}}}]}}
        %s
        {"apiVersion": "v1", "kind": "Event", "metadata": {"name": "e"}, "lastTimestamp": "2026-02-02T00:00:00Z"}
        """;
    Observation json = read(List.of(), List.of("c=" + write("p.json", object.formatted(""))));
    Observation yaml = read(List.of(), List.of("c=" + write("p.yaml", object.formatted("---"))));
    assertThat(json).isEqualTo(yaml);
    assertThat(json.newest()).contains(Instant.parse("2026-02-02T00:00:00Z"));
    assertThat(json.fleet().clusters().get(0).contents().pods().items().get(0).node())
        .isEqualTo("n1");
  }

  @Test
  void ofAnObjectThatIsThereTwiceTheNewestStandsAndThatIsSaidOnce() throws IOException {
    String node =
        """
        {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "%s", "resourceVersion": "%s"},
         "spec": {"unschedulable": %s}}
        """;
    String twice =
        write(
            "twice.json",
            node.formatted("a", "9", false)
                + node.formatted("a", "10", true)
                + node.formatted("a", "8", false)
                + node.formatted("b", "1", false));
    Observation seen = read(List.of(), List.of("edge01=" + twice));
    assertThat(seen.fleet().clusters().get(0).nodes().items())
        .extracting(n -> n.ref().name() + " " + n.unschedulable())
        .containsExactly("a true", "b false");
    assertThat(seen.notes())
        .singleElement()
        .asString()
        .startsWith(twice + ", document 2: Node a is already in")
        .endsWith("(as for 1 more)");
  }

  @Test
  void aClockThatRunsAheadIsSaidOnce() throws IOException {
    String ahead =
        write(
            "ahead.yaml",
            """
            {apiVersion: v1, kind: Node, metadata: {name: a, creationTimestamp: "2999-01-01T00:00:00Z"}}
            ---
            {apiVersion: v1, kind: Node, metadata: {name: b, creationTimestamp: "2999-01-01T00:00:00Z"}}
            """);
    assertThat(read(List.of(ahead), List.of()).notes())
        .containsExactly(
            ahead
                + ", document 1, Node a: 2999-01-01T00:00:00Z is in the future; such times count as"
                + " now");
  }

  @Test
  void aWorkloadIsOfEveryClusterOfItsNameUnlessItNamesTheNamespace() throws IOException {
    String clusters =
        write(
            "c.yaml",
            """
            {apiVersion: cluster.x-k8s.io/v1beta1, kind: Cluster, metadata: {name: x, namespace: a}}
            ---
            {apiVersion: cluster.x-k8s.io/v1beta2, kind: Cluster, metadata: {name: x, namespace: b}}
            """);
    String node = write("n.yaml", NODE);
    assertThat(reached(clusters, "x=" + node)).containsExactly("a/x", "b/x");
    assertThat(reached(clusters, "b/x=" + node)).containsExactly("b/x");
    assertThat(reached(clusters, "y=" + node)).containsExactly("default/y");
  }

  @Test
  void theNewestObservationIsNeitherPlannedNorInTheFuture() throws IOException {
    String file =
        write(
            "n.yaml",
            """
            apiVersion: v1
            kind: Node
            metadata: {name: n1, creationTimestamp: "2026-01-01T00:00:00Z"}
            spec: {expiresAt: "2026-05-01T00:00:00Z"}
            status:
              conditions:
              - {type: Ready, lastHeartbeatTime: "2026-02-01T00:00:00.5Z"}
              - {type: Other, lastTransitionTime: "2027-01-01T00:00:00Z"}
            """);
    assertThat(read(List.of(file), List.of()).newest())
        .contains(Instant.parse("2026-02-01T00:00:00.5Z"));
  }

  private List<String> reached(String management, String workload) {
    return read(List.of(management), List.of(workload)).fleet().clusters().stream()
        .filter(c -> c.reach() instanceof Reach.Reached)
        .map(Cluster::ref)
        .map(ClusterRef::toString)
        .toList();
  }

  private List<String> nodes(String path) {
    return read(List.of(), List.of("edge01=" + path))
        .fleet()
        .clusters()
        .get(0)
        .nodes()
        .items()
        .stream()
        .map(n -> n.ref().name())
        .toList();
  }

  private Cluster cluster(Path workload) {
    return read(List.of(), List.of("edge01=" + workload)).fleet().clusters().get(0);
  }

  private List<String> problems(String... management) {
    BadInput bad = catchThrowableOfType(BadInput.class, () -> read(List.of(management), List.of()));
    assertThat(bad).isNotNull();
    return bad.problems();
  }

  private Observation read(List<String> management, List<String> workloads) {
    return new FleetReader(new Input(new ByteArrayInputStream(new byte[0])))
        .read(
            List.of(policy),
            management,
            workloads.stream().map(WorkloadSource::parse).toList(),
            NOW);
  }

  private String write(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8).toString();
  }
}
