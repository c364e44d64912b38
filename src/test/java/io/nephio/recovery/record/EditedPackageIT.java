package io.nephio.recovery.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.plan.PackagePlace;
import io.nephio.recovery.servers.Kpt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real kpt renders a package before and after an edit, and sees nothing but the edit. */
class EditedPackageIT {
  private static final String FILE = "smf/deployment.yaml";

  private static final Map<String, String> PACKAGE =
      Map.of(
          "Kptfile",
          """
          apiVersion: kpt.dev/v1
          kind: Kptfile
          metadata:
            name: core
            annotations:
              config.kubernetes.io/local-config: "true"
          pipeline:
            mutators:
            - exec: cat
          """,
          "service.yaml",
          """
          apiVersion: v1
          kind: Service
          metadata: {name: smf, namespace: free5gc} # kept
          spec:
              ports: [{port: 80}]
          """,
          FILE,
          """
          # of the core
          apiVersion: apps/v1
          kind: Deployment
          metadata: # kpt-merge: free5gc/smf
            name: smf
            namespace: free5gc # kpt-set: ${namespace}
          spec:
            replicas: 3

            template:
              metadata:
                labels:
                  app: "smf"
              spec:
                containers:
                - name: smf
                  image: smf:v1
          """);

  @TempDir Path folder;

  @Test
  void renderSeesTheEditedLinesAndNothingElse() throws IOException {
    String text = String.valueOf(PACKAGE.get(FILE));
    ObjectRef smf = new ObjectRef("apps/v1", "Deployment", "free5gc", "smf", "u1");
    Manifest manifest = new Manifest(FILE, "smf", Manifests.in(text).entries().get(0));
    Packages one =
        new Packages() {
          @Override
          public List<Manifest> find(ObjectRef object) {
            return List.of(manifest);
          }

          @Override
          public SortedMap<String, String> unread(ObjectRef object) {
            return new TreeMap<>();
          }

          @Override
          public Optional<String> read(String path) {
            return Optional.of(text);
          }
        };
    PackageEdit edit =
        PackageEdits.of(
            Action.RestartRollout,
            smf,
            new PackagePlace.At("nephio/edge01", "", "", false),
            there -> Optional.of(one),
            Instant.parse("2026-11-26T05:24:00Z"));
    Map<String, String> edited = new TreeMap<>(PACKAGE);
    edited.putAll(((PackageEdit.Found) edit).files());

    Map<String, String> before = rendered("before", PACKAGE);
    Map<String, String> after = rendered("after", edited);

    assertThat(after.keySet()).isEqualTo(before.keySet()).contains(FILE, "Kptfile");
    assertThat(added(before, after))
        .containsExactly(
            FILE + ":   annotations:",
            FILE + ":     recovery.nephio.io/restarted: \"true\"",
            FILE + ":       annotations:",
            FILE + ":         kubectl.kubernetes.io/restartedAt: \"2026-11-26T05:24:00Z\"");
    assertThat(added(after, before)).isEmpty();
    assertThat(rendered("again", after)).isEqualTo(after);
  }

  /** Lines of the second that the first has not, in order. */
  private static List<String> added(Map<String, String> first, Map<String, String> second) {
    return second.entrySet().stream()
        .flatMap(
            file -> {
              List<String> known =
                  String.valueOf(first.get(file.getKey()))
                      .lines()
                      .collect(Collectors.toCollection(java.util.ArrayList::new));
              return file.getValue()
                  .lines()
                  .filter(line -> !known.remove(line))
                  .map(line -> file.getKey() + ": " + line);
            })
        .toList();
  }

  private Map<String, String> rendered(String name, Map<String, String> files) throws IOException {
    Path root = folder.resolve(name);
    for (var file : files.entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    Kpt.Run run = Kpt.fn(root, Map.of(), "render", "--allow-exec");
    assertThat(run.exit()).as(run.output()).isZero();
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        contents.put(root.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }
}
