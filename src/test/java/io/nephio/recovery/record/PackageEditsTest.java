package io.nephio.recovery.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.plan.PackagePlace;
import io.nephio.recovery.plan.Review;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Given these files, this edit, or none and this is why. */
class PackageEditsTest {
  private static final Instant AT = PullRequestSpecs.NOW;
  private static final PackagePlace.At EDGE01 = new PackagePlace.At("nephio/edge01", "", "", false);
  private static final ObjectRef SMF =
      new ObjectRef("apps/v1", "Deployment", "free5gc", "smf", "u1");
  private static final ObjectRef CRD =
      new ObjectRef(
          "apiextensions.k8s.io/v1", "CustomResourceDefinition", null, "upfs.core.example", "");
  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: smf
        namespace: free5gc
      spec:
        template:
          spec: {}
      """;
  private static final String AMF = DEPLOYMENT.replace("smf", "amf");
  private static final String TWO = AMF + "---\n" + DEPLOYMENT;
  private static final String CRD_TEXT =
      "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition"
          + "\nmetadata: {name: upfs.core.example}\n";

  @Test
  void aRestartChangesTheFileThatHoldsTheWorkload() {
    String other = DEPLOYMENT.replace("smf", "amf") + "---\n";
    PackageEdit.Found found =
        (PackageEdit.Found) restart(Map.of("core/smf/all.yaml", other + DEPLOYMENT));
    assertThat(found.files()).containsOnlyKeys("core/smf/all.yaml");
    assertThat(found.files().get("core/smf/all.yaml"))
        .isEqualTo(
            other
                + DEPLOYMENT
                    .replace(
                        "  name: smf",
                        "  annotations:\n    recovery.nephio.io/restarted: \"true\"\n  name: smf")
                    .replace(
                        "  template:\n",
                        "  template:\n    metadata:\n      annotations:"
                            + "\n        kubectl.kubernetes.io/restartedAt:"
                            + " \"2026-11-25T05:24:00Z\"\n"));
    assertThat(found.edit().path()).isEqualTo("core/smf/all.yaml");
    assertThat(found.edit().pkg()).isEqualTo("core/smf");
    assertThat(found.edit().sha256()).hasSize(64);
    assertThat(restart(Map.of("core/smf/all.yaml", other + DEPLOYMENT))).isEqualTo(found);
  }

  /** Another document of the file may change, or be edited, in any order; ours may not. */
  @ParameterizedTest(name = "{0}")
  @MethodSource
  void whatSharesTheFileDoesNotMatter(String change, String file, boolean fits) {
    RemediationSpec spec = PullRequestSpecs.restart("edge01", inTwo().edit());
    Packages now = new InFiles(Map.of("a.yaml", file));
    assertThat(PackageEdits.again(spec, EDGE01, Optional.of(now)).isPresent()).isEqualTo(fits);
    String merged = restart(now) instanceof PackageEdit.Found it ? it.files().get("a.yaml") : file;
    assertThat(
            PackageEdits.review(
                "smf",
                "record",
                spec,
                path -> Optional.of(path.equals("record") ? RecordFile.text("smf", spec) : merged)))
        .isInstanceOf(fits ? Review.Confirmed.class : Review.Edited.class);
  }

  static List<Arguments> whatSharesTheFileDoesNotMatter() {
    return List.of(
        Arguments.of("nothing", TWO, true),
        Arguments.of("the other", TWO.replace("amf", "amf2"), true),
        Arguments.of("a document before it", "a: b\n---\n" + TWO, true),
        Arguments.of("a document after it", TWO + "--- # c\na: b\n...\n", true),
        Arguments.of("the other is gone", DEPLOYMENT, true),
        Arguments.of("it is the first now", DEPLOYMENT + "---\n" + AMF, true),
        Arguments.of("another that is no YAML", TWO + "---\na: [\n", false),
        Arguments.of("its own", AMF + "---\n" + DEPLOYMENT.replace("{}", "{a: b}"), false),
        Arguments.of("its own comment", TWO + "# mine\n", false),
        Arguments.of("it is there twice", TWO + "---\n" + DEPLOYMENT, false),
        Arguments.of("it is gone", AMF, false));
  }

  @ParameterizedTest
  @CsvSource({"amf, amf2, false", "smf, smf2, false", "x, x, true"})
  void whatAPullRequestChangesBesideTheEditIsSeen(String from, String to, boolean alone) {
    RemediationSpec spec = PullRequestSpecs.restart("edge01", inTwo().edit());
    String head = inTwo().files().get("a.yaml").replace(from, to);
    assertThat(PackageEdits.isAlone(spec, path -> Optional.of(TWO), path -> Optional.of(head)))
        .isEqualTo(alone);
  }

  private static PackageEdit.Found inTwo() {
    return (PackageEdit.Found) restart(new InFiles(Map.of("a.yaml", TWO)));
  }

  @Test
  void aCrdIsAppliedAsItsPackageHoldsIt() {
    PackageEdit.Found found =
        (PackageEdit.Found) edit(Action.ReapplyCrd, CRD, Map.of("crds/upf.yaml", CRD_TEXT));
    assertThat(found.files()).isEmpty();
    assertThat(found.edit().path()).isEqualTo("crds/upf.yaml");
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource
  void noPackageTakesPart(Map<String, String> files, String why) {
    assertThat(restart(files)).isEqualTo(new PackageEdit.None(why));
  }

  static List<Arguments> noPackageTakesPart() {
    String other = DEPLOYMENT.replace("smf", "amf");
    String absent = "no package in nephio/edge01 holds Deployment free5gc/smf";
    return List.of(
        Arguments.of(Map.of(), absent),
        Arguments.of(Map.of("a.yaml", DEPLOYMENT.replace("free5gc", "other")), absent),
        Arguments.of(Map.of("a.yaml", DEPLOYMENT.replace("  namespace: free5gc\n", "")), absent),
        Arguments.of(Map.of("a.yaml", DEPLOYMENT.replace("apps/v1", "extensions/v1beta1")), absent),
        Arguments.of(
            Map.of(
                "a.yaml",
                DEPLOYMENT.replace(
                    "  name: smf\n",
                    "  name: smf\n  annotations: {config.kubernetes.io/local-config: 'true'}\n")),
            absent),
        // Whatever this is called, it is not called so.
        Arguments.of(Map.of("a.yaml", DEPLOYMENT.replace("smf", "{{ .Values.name }}")), absent),
        Arguments.of(Map.of("a.yaml", "{{ if .Values.amf }}\n" + other + "{{ end }}\n"), absent),
        Arguments.of(
            Map.of("a.yaml", DEPLOYMENT + "  replicas: {{ .Values.replicas }}\n"),
            absent + "; a.yaml cannot be read: line 9: a key must be a text"),
        Arguments.of(
            Map.of(
                "a.json", "{\"kind\": \"Deployment\", \"metadata\": {\"name\": \"smf\",}, {{ . }}"),
            absent + "; a.json cannot be read: line 1: a key must be a text"),
        Arguments.of(
            Map.of("b/a.yaml", DEPLOYMENT + "kind: Deployment\n", "a.yaml", other),
            absent
                + "; b/a.yaml cannot be read: line 9: the key 'kind' is there twice: remove one"),
        Arguments.of(
            Map.of("a.yaml", DEPLOYMENT + "# " + "x".repeat(1 << 20)),
            absent + "; a.yaml cannot be read: longer than 1048576 characters: not read"),
        Arguments.of(
            Map.of("a.yaml", DEPLOYMENT, "b.yaml", DEPLOYMENT),
            "Deployment free5gc/smf is in nephio/edge01 more than once: a.yaml, b.yaml"),
        Arguments.of(
            Map.of("a.yaml", DEPLOYMENT + "---\n" + DEPLOYMENT),
            "Deployment free5gc/smf is in nephio/edge01 more than once: a.yaml, a.yaml"),
        Arguments.of(
            Map.of(
                "a.yaml",
                "kind: List\napiVersion: v1\nitems:\n- " + DEPLOYMENT.replace("\n", "\n  ")),
            "a.yaml is not edited: it holds it in a List"),
        Arguments.of(
            Map.of("a.yaml", DEPLOYMENT.replace("metadata:", "metadata: &m")),
            "a.yaml is not edited: an anchor or an alias stands at metadata"));
  }

  @Test
  void aRepositoryThatWasNotLookedAtIsSaid() {
    assertThat(PackageEdits.of(Action.RestartRollout, SMF, EDGE01, at -> Optional.empty(), AT))
        .isEqualTo(new PackageEdit.None("the packages in nephio/edge01 are not at hand"));
    assertThat(
            PackageEdits.of(
                Action.RestartRollout,
                SMF,
                new PackagePlace.Nowhere("there are two"),
                at -> Optional.of(new InFiles(Map.of("a.yaml", DEPLOYMENT))),
                AT))
        .isEqualTo(new PackageEdit.None("there are two"));
  }

  /** What Porch has registered is looked for in its directory, and the edit remembers where. */
  @Test
  void ofSeveralManifestsTheOneInTheDirectoryCounts() {
    Map<String, String> files =
        Map.of(
            "a.yaml",
            DEPLOYMENT,
            "packages/smf/b.yaml",
            DEPLOYMENT,
            "packages2/c.yaml",
            DEPLOYMENT);
    PackagePlace.At place = new PackagePlace.At("edge/one", "deployed", "packages", true);
    PackageEdit.Found found =
        (PackageEdit.Found)
            PackageEdits.of(
                Action.RestartRollout, SMF, place, at -> Optional.of(new InFiles(files)), AT);
    assertThat(found.files()).containsOnlyKeys("packages/smf/b.yaml");
    assertThat(found.edit().place())
        .isEqualTo(new RemediationSpec.Place("edge/one", "deployed", "packages"));
    assertThat(
            PackageEdits.of(
                Action.RestartRollout,
                SMF,
                new PackagePlace.At("edge/one", "deployed", "other", true),
                at -> Optional.of(new InFiles(files)),
                AT))
        .isEqualTo(
            new PackageEdit.None("no package in edge/one/other holds Deployment free5gc/smf"));
  }

  private static PackageEdit restart(Map<String, String> files) {
    return edit(Action.RestartRollout, SMF, files);
  }

  private static PackageEdit restart(Packages packages) {
    return PackageEdits.of(Action.RestartRollout, SMF, EDGE01, at -> Optional.of(packages), AT);
  }

  private static PackageEdit edit(Action action, ObjectRef object, Map<String, String> files) {
    return PackageEdits.of(action, object, EDGE01, at -> Optional.of(new InFiles(files)), AT);
  }

  private record InFiles(Map<String, String> files) implements Packages {
    @Override
    public List<Manifest> find(ObjectRef object) {
      List<Manifest> found = new ArrayList<>();
      new TreeMap<>(files)
          .forEach(
              (path, text) ->
                  Manifests.in(text).entries().stream()
                      .filter(entry -> entry.is(object))
                      .forEach(
                          entry ->
                              found.add(
                                  new Manifest(path, path.replaceAll("/?[^/]*$", ""), entry))));
      return found;
    }

    @Override
    public SortedMap<String, String> unread(ObjectRef object) {
      SortedMap<String, String> unread = new TreeMap<>();
      files.forEach(
          (path, text) ->
              Manifests.in(text)
                  .unread()
                  .filter(file -> file.mayHold(object))
                  .ifPresent(file -> unread.put(path, file.why())));
      return unread;
    }

    @Override
    public Optional<String> read(String path) {
      return Optional.ofNullable(files.get(path));
    }
  }
}
