package io.nephio.recovery.fn;

import io.nephio.recovery.rules.Severity;
import io.nephio.recovery.yaml.BadYaml;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What goes to standard output: the input as it is, with the results put in. */
final class Answer {
  private static final byte[] NOTHING = {};

  private final byte[] input;

  /** Where in the input the results are put. */
  private final int split;

  private final byte[] added;
  private final int exit;

  private Answer(byte[] input, int split, byte[] added, int exit) {
    this.input = input;
    this.split = split;
    this.added = added;
    this.exit = exit;
  }

  int exit() {
    return exit;
  }

  /** The input with results behind it, or inside its outer braces. */
  static Answer of(byte[] input, List<Result> results) {
    int exit = exit(results);
    if (results.isEmpty()) {
      return new Answer(input, input.length, NOTHING, exit);
    }
    int last = lastOf(input);
    boolean flow = input[firstOf(input)] == '{' && input[last] == '}';
    if (flow) {
      return new Answer(input, last, bytes(",\n\"results\": " + list(results)), exit);
    }
    boolean ended = input[input.length - 1] == '\n';
    return new Answer(
        input, input.length, bytes((ended ? "" : "\n") + "results: " + list(results)), exit);
  }

  /** For input that is no ResourceList: kpt would not take it back. */
  static Answer instead(List<Result> results) {
    String text =
        "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems: []\nresults: "
            + list(results);
    return new Answer(NOTHING, 0, bytes(text), exit(results));
  }

  /** Whether what is written can be read back, with the results in it. */
  boolean isReadable() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(input.length + added.length);
    try {
      write(out);
      return added.length == 0 || ResourceList.read(out.toByteArray()).results();
    } catch (IOException | BadYaml e) {
      return false;
    }
  }

  void write(OutputStream out) throws IOException {
    out.write(input, 0, split);
    out.write(added);
    out.write(input, split, input.length - split);
    out.flush();
  }

  private static int exit(List<Result> results) {
    for (Result result : results) {
      if (result.severity() == Severity.error) {
        return 1;
      }
    }
    return 0;
  }

  private static String list(List<Result> results) {
    StringBuilder out = new StringBuilder("[");
    for (Result result : results) {
      Json json = new Json();
      result.write(json);
      out.append(out.length() == 1 ? "\n  " : ",\n  ").append(json);
    }
    return out.append("\n]\n").toString();
  }

  private static int firstOf(byte[] input) {
    int at = 0;
    while (at < input.length - 1 && input[at] <= ' ' && input[at] >= 0) {
      at++;
    }
    return at;
  }

  private static int lastOf(byte[] input) {
    int at = input.length - 1;
    while (at > 0 && input[at] <= ' ' && input[at] >= 0) {
      at--;
    }
    return at;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
