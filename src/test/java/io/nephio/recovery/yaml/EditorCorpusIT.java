package io.nephio.recovery.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.nephio.recovery.servers.Servers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.junit.jupiter.api.Test;

/**
 * The editor on manifests that others wrote: those in the Go modules that the tests' servers are
 * built from. A second parser says whether what came out is what was meant.
 */
class EditorCorpusIT {
  /** Every how many-th file is edited; the corpus itself is always counted whole. */
  private static final int EVERY = Integer.getInteger("corpus.every", 16);

  private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet", "DaemonSet");
  private static final DiffAlgorithm DIFF = new HistogramDiff();
  private static final ObjectMapper SECOND = new ObjectMapper(new YAMLFactory());
  private static final List<Annotation> ONE =
      List.of(Annotation.of("recovery.nephio.io/restarted", "true"));
  private static final List<Annotation> RESTART =
      List.of(
          ONE.get(0),
          Annotation.ofPodTemplate("kubectl.kubernetes.io/restartedAt", "2026-11-26T05:24:00Z"));

  private final Map<String, Integer> refused = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();
  private int edited;
  private int pure;

  @Test
  void nothingComesOutWrong() throws Exception {
    Map<String, List<String>> corpus = corpus();
    long workloads =
        corpus.values().stream().filter(k -> k.stream().anyMatch(WORKLOADS::contains)).count();
    int count = 0;
    for (var file : corpus.entrySet()) {
      for (String text : count++ % EVERY == 0 ? forms(file.getKey()) : List.<String>of()) {
        for (int document = 0; document < file.getValue().size(); document++) {
          edit(text, document, WORKLOADS.contains(file.getValue().get(document)) ? RESTART : ONE);
        }
      }
    }
    System.out.printf(
        "%d contents, %d with workloads; %d edits, %d pure additions; refused %s%n",
        corpus.size(), workloads, edited, pure, refused);
    assertThat(corpus.size()).isGreaterThanOrEqualTo(1800);
    assertThat(workloads).isGreaterThanOrEqualTo(200);
    assertThat(wrong).isEmpty();
    assertThat(edited).isGreaterThan(4 * 1800 / EVERY);
    assertThat(pure).isGreaterThan(edited * 99 / 100);
    assertThat(refused.keySet()).noneMatch(why -> why.contains("came out wrong"));
  }

  private void edit(String text, int document, List<Annotation> annotations) throws IOException {
    Editing editing = Editor.annotate(text, document, annotations);
    if (editing instanceof Editing.Refused no) {
      refused.merge(no.why().replaceAll("line \\d+: .*", "line …"), 1, Integer::sum);
      return;
    }
    String after = ((Editing.Edited) editing).text();
    edited++;
    boolean added = isAdded(text, after);
    pure += added ? 1 : 0;
    if (!added && !isInOneLine(text, after)) {
      wrong.add(after);
    }
    List<JsonNode> meant = second(text);
    for (Annotation annotation : annotations) {
      set((ObjectNode) meant.get(document), annotation);
    }
    if (!second(after).equals(meant)) {
      wrong.add(after);
    }
  }

  private static void set(ObjectNode object, Annotation annotation) {
    ObjectNode at = object;
    for (String key : annotation.path().subList(0, annotation.path().size() - 1)) {
      at = at.get(key) instanceof ObjectNode there ? there : at.putObject(key);
    }
    at.put(annotation.name(), annotation.value());
  }

  /** One to five lines; of all others every byte is as it was, the ends of the lines, too. */
  private static boolean isAdded(String before, String after) {
    EditList diff = DIFF.diff(RawTextComparator.DEFAULT, raw(before), raw(after));
    int lines = diff.stream().mapToInt(Edit::getLengthB).sum();
    return diff.stream().allMatch(edit -> edit.getLengthA() == 0) && lines >= 1 && lines <= 5;
  }

  /** As where the object stands between braces; the line ends as it did. */
  private static boolean isInOneLine(String before, String after) {
    RawText old = raw(before);
    RawText now = raw(after);
    EditList diff = DIFF.diff(RawTextComparator.DEFAULT, old, now);
    return diff.size() == 1
        && diff.get(0).getLengthA() == 1
        && diff.get(0).getLengthB() == 1
        && end(old, diff.get(0).getBeginA()).equals(end(now, diff.get(0).getBeginB()));
  }

  private static String end(RawText text, int line) {
    return text.getString(line, line + 1, false).replaceAll("^[^\\r\\n]*", "");
  }

  private static RawText raw(String text) {
    return new RawText(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> forms(String text) {
    String unix = text.replace("\r\n", "\n");
    return List.of(text, unix.replace("\n", "\r\n"), "\ufeff" + text, text.stripTrailing());
  }

  private static List<JsonNode> second(String text) throws IOException {
    if (text.replace("\ufeff", "").startsWith("{")) {
      // JSON, which that parser of YAML does not read where it is indented by tabs.
      return new ArrayList<>(List.of(new ObjectMapper().readTree(text.replace("\ufeff", ""))));
    }
    try (var values = SECOND.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
      return values.readAll().stream()
          .filter(value -> !value.isNull() && !value.isMissingNode())
          .collect(Collectors.toCollection(ArrayList::new));
    }
  }

  /** Of every document that has a kind and an apiVersion; empty if none or not all of them have. */
  private static List<String> kinds(String text) {
    try {
      List<String> kinds = new ArrayList<>();
      for (YamlDocument document : Yaml.read(text, Limits.OBJECTS)) {
        boolean object =
            document.value() instanceof Map<?, ?> map
                && map.get("kind") instanceof String
                && map.get("apiVersion") instanceof String;
        if (!object) {
          return List.of();
        }
        kinds.add(String.valueOf(((Map<?, ?>) document.value()).get("kind")));
      }
      return kinds;
    } catch (BadYaml e) {
      return List.of();
    }
  }

  /** The kinds in each of the distinct contents, in an order that is the same on every machine. */
  private static Map<String, List<String>> corpus() throws Exception {
    Servers.folder("kpt");
    Map<String, List<String>> contents = new TreeMap<>();
    for (Path module : modules()) {
      try (Stream<Path> files = Files.walk(module)) {
        for (Path file : files.filter(f -> f.toString().matches(".*\\.(ya?ml|json)")).toList()) {
          String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
          if (text.contains("apiVersion") && text.contains("kind")) {
            contents.computeIfAbsent(text, EditorCorpusIT::kinds);
          }
        }
      }
    }
    contents.values().removeIf(List::isEmpty);
    return contents;
  }

  private static List<Path> modules() throws Exception {
    List<Path> folders = new ArrayList<>();
    folders.addAll(
        download("kube", "k8s.io/kubernetes", "k8s.io/api", "k8s.io/pod-security-admission"));
    folders.addAll(download("capi", "sigs.k8s.io/cluster-api"));
    folders.addAll(
        download(
            "kpt",
            "github.com/kptdev/kpt",
            "sigs.k8s.io/kustomize/kyaml",
            "k8s.io/api",
            "k8s.io/kubectl"));
    return folders;
  }

  /** Where Go keeps these modules; they are fetched only if they are not there. */
  private static List<Path> download(String server, String... modules) throws Exception {
    List<String> command = new ArrayList<>(List.of("go", "mod", "download", "-json"));
    command.addAll(List.of(modules));
    Process go =
        new ProcessBuilder(command)
            .directory(Path.of("src/test/servers", server).toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String answer = new String(go.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(go.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return answer
        .lines()
        .filter(line -> line.contains("\"Dir\": "))
        .map(line -> Path.of(line.replaceAll(".*\"Dir\": \"(.*)\".*", "$1")))
        .toList();
  }
}
