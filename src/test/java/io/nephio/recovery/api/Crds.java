package io.nephio.recovery.api;

import io.fabric8.crdv2.generator.CRDGenerator;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The custom resource definitions, made from the classes of this package. */
public final class Crds {
  public static final Path FOLDER = Path.of("crds");

  private Crds() {}

  /** The text of each file, by its name. */
  public static Map<String, String> generate() {
    var output = new Memory();
    new CRDGenerator()
        .customResourceClasses(ClusterPolicy.class, Remediation.class)
        .forCRDVersions("v1")
        .withMinQuotes(true)
        .withPostProcessor(new CrdFinish())
        .withOutput(output)
        .generate();
    var files = new TreeMap<String, String>();
    output.streams.forEach(
        (name, stream) ->
            files.put(
                name.replaceFirst("-v1$", "") + ".yaml", stream.toString(StandardCharsets.UTF_8)));
    return files;
  }

  private static final class Memory implements CRDGenerator.CRDOutput<OutputStream> {
    private final Map<String, ByteArrayOutputStream> streams = new HashMap<>();

    @Override
    public OutputStream outputFor(String name) {
      return streams.computeIfAbsent(name, key -> new ByteArrayOutputStream());
    }

    @Override
    public void close() {}
  }
}
