package io.nephio.recovery.fn;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.servers.Kpt;
import io.nephio.recovery.servers.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole processes, as kpt starts them: ours, a Java program that only copies, and a Go function on
 * kyaml that parses and writes. They take turns, so that what else the machine does hits all alike;
 * what counts is the median.
 */
class FunctionBenchmark {
  private static final int SMALL = 11;
  private static final int LARGE = 780;
  private static final int WARM_UP = 3;
  private static final int RUNS = Integer.getInteger("benchmark.runs", 21);

  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: smf-%1$d
        namespace: free5gc
        labels:
          app: smf-%1$d
      spec:
        replicas: 1
        selector:
          matchLabels:
            app: smf-%1$d
        template:
          metadata:
            labels:
              app: smf-%1$d
          spec:
            containers:
            - name: smf
              image: "free5gc/smf:v3.4.1"
              command: ["./smf"]
              args:
              - -c
              - ../config/smfcfg.yaml
              env:
              - name: GIN_MODE
                value: release
              resources:
                limits:
                  cpu: 100m
                  memory: 128Mi
                requests:
                  cpu: 100m
                  memory: 128Mi
              volumeMounts:
              - mountPath: /free5gc/config/
                name: smf-volume
            volumes:
            - name: smf-volume
              configMap:
                name: smf-%1$d
      """;

  @TempDir static Path folder;
  private static final Map<String, String> PROGRAMS = new LinkedHashMap<>();

  @BeforeAll
  static void programs() throws Exception {
    Path jar =
        Files.copy(Path.of(System.getProperty("recovery.function.jar")), folder.resolve("fn.jar"));
    Path launcher = Path.of("kpt-fn/validate-cluster-policy").toAbsolutePath();
    script("ours", "RECOVERY_FN_JAR=" + jar + " exec " + launcher + " \"$@\"");
    Process archive =
        new ProcessBuilder(folder.resolve("ours").toString(), "--archive")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(archive.waitFor()).isZero();
    String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    script(
        "copy",
        "exec %s -XX:-UsePerfData -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=10 -cp %s %s"
            .formatted(
                java,
                Path.of("target/test-classes").toAbsolutePath(),
                CopyProgram.class.getName()));
    PROGRAMS.put("go", Servers.folder("kyaml").resolve("function").toString());
  }

  @Test
  void theProcessIsShort() throws Exception {
    Map<String, Duration> small = processes("small", SMALL);
    Map<String, Duration> large = processes("large", LARGE);
    assertThat(millis(small, "ours")).isLessThanOrEqualTo(3 * millis(small, "copy"));
    assertThat(millis(large, "ours")).isLessThan(millis(large, "go"));
  }

  @Test
  void theRenderIsShort() throws Exception {
    Map<String, Duration> small = renders("small", SMALL);
    Map<String, Duration> large = renders("large", LARGE);
    assertThat(millis(small, "ours")).isLessThanOrEqualTo(1.6 * millis(small, "go"));
    assertThat(millis(large, "ours")).isLessThanOrEqualTo(1.05 * millis(large, "go"));
  }

  private static Map<String, Duration> processes(String name, int size) throws Exception {
    Path input = input(name, size);
    return measured(
        "process, " + name + ", " + Files.size(input) / 1000 + " kB",
        program ->
            assertThat(
                    new ProcessBuilder(program)
                        .redirectInput(input.toFile())
                        .redirectOutput(folder.resolve("output").toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start()
                        .waitFor())
                .isZero());
  }

  private static Map<String, Duration> renders(String name, int size) throws Exception {
    return measured(
        "kpt fn render, " + name,
        program -> {
          Path copy = folder.resolve("render-" + name + "-" + Path.of(program).getFileName());
          if (!Files.exists(copy)) {
            pack(copy, size, program);
          }
          Kpt.Run run = Kpt.fn(copy, Map.of(), "render", "--allow-exec", "-o", "stdout");
          assertThat(run.exit()).as(run.output()).isZero();
        });
  }

  private interface Action {
    void run(String program) throws Exception;
  }

  private static Map<String, Duration> measured(String what, Action action) throws Exception {
    Map<String, List<Long>> times = new LinkedHashMap<>();
    for (int i = -WARM_UP; i < RUNS; i++) {
      for (Map.Entry<String, String> program : PROGRAMS.entrySet()) {
        long start = System.nanoTime();
        action.run(program.getValue());
        if (i >= 0) {
          times
              .computeIfAbsent(program.getKey(), k -> new ArrayList<>())
              .add(System.nanoTime() - start);
        }
      }
    }
    Map<String, Duration> medians = new LinkedHashMap<>();
    times.forEach(
        (k, v) -> medians.put(k, Duration.ofNanos(v.stream().sorted().toList().get(RUNS / 2))));
    System.out.println("benchmark: " + what + ": " + medians);
    return medians;
  }

  private static double millis(Map<String, Duration> medians, String program) {
    return medians.get(program).toNanos() / 1e6;
  }

  /** The very bytes that kpt sends to the function of such a package. */
  private static Path input(String name, int size) throws IOException {
    Path input = folder.resolve(name + ".yaml");
    Path tee = script("tee-" + name, "exec tee " + input);
    PROGRAMS.remove("tee-" + name);
    Path copy = folder.resolve("input-" + name);
    pack(copy, size, tee.toString());
    Kpt.Run run = Kpt.fn(copy, Map.of(), "render", "--allow-exec", "-o", "stdout");
    assertThat(run.exit()).as(run.output()).isZero();
    return input;
  }

  private static void pack(Path copy, int size, String program) throws IOException {
    Files.createDirectories(copy);
    Path valid = Path.of("kpt-fn/examples/validate-cluster-policy-valid");
    Files.copy(valid.resolve("policies.yaml"), copy.resolve("policies.yaml"));
    Files.writeString(
        copy.resolve("Kptfile"),
        """
        apiVersion: kpt.dev/v1
        kind: Kptfile
        metadata:
          name: bench
        pipeline:
          validators:
          - exec: %s
        """
            .formatted(program));
    StringBuilder deployments = new StringBuilder();
    for (int i = 0; i < size; i++) {
      deployments.append("---\n").append(DEPLOYMENT.formatted(i));
    }
    Files.writeString(copy.resolve("deployments.yaml"), deployments);
  }

  private static Path script(String name, String line) throws IOException {
    Path script = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + line + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    PROGRAMS.put(name, script.toString());
    return script;
  }
}
