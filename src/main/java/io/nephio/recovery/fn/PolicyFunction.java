package io.nephio.recovery.fn;

import io.nephio.recovery.rules.Rule;
import io.nephio.recovery.yaml.BadYaml;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * The validator that kpt runs. kpt and Porch look at the exit code alone, take an empty output with
 * exit code 0 for success, and lose everything if anything but a ResourceList is on standard
 * output; so the output is written once, at the end, whatever happens, and the exit code is 1
 * exactly when one of the results is an error.
 */
public final class PolicyFunction {
  /** More than any package that Porch or a pipeline can handle. */
  static final int LARGEST = 64 << 20;

  private static final String HELP =
      """
      Validates the ClusterPolicies and Remediations of a package: a kpt function.
      Reads a ResourceList from standard input, writes it with results to standard output.
      Exit 0: no errors, 1: errors, 2: wrong usage. Settings come as functionConfig:
      strict: "true" makes warnings errors, mute: "rule,rule" leaves rules out.
      """;

  private PolicyFunction() {}

  public static void main(String[] arguments) {
    if (arguments.length > 0) {
      System.exit(usage(arguments[0]));
    }
    Answer answer;
    try {
      answer = answer(read(new FileInputStream(FileDescriptor.in)));
    } catch (Throwable e) {
      answer = failed(e);
    }
    System.exit(written(answer) ? answer.exit() : 1);
  }

  /** A function whose output got lost has not passed. */
  private static boolean written(Answer answer) {
    try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
      answer.write(out);
      return true;
    } catch (IOException e) {
      System.err.println("the output cannot be written: " + e.getMessage());
      return false;
    }
  }

  /** All of it, up to one byte more than is taken. A pipe: nobody knows how long it is. */
  private static byte[] read(InputStream in) throws IOException {
    byte[] bytes = new byte[1 << 16];
    int length = 0;
    while (length <= LARGEST) {
      int more = in.read(bytes, length, bytes.length - length);
      if (more < 0) {
        break;
      }
      length += more;
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.min(2 * length, LARGEST + 1 + (1 << 16)));
      }
    }
    return Arrays.copyOf(bytes, Math.min(length, LARGEST + 1));
  }

  /** For these bytes on standard input. */
  static Answer answer(byte[] input) {
    if (input.length > LARGEST) {
      return unreadable("longer than " + LARGEST + " bytes");
    }
    try {
      ResourceList list = ResourceList.read(input);
      if (list.results()) {
        return unreadable("there are results in it already: run this function first");
      }
      Answer answer = Answer.of(input, Validation.of(list));
      return list.plain() || answer.isReadable()
          ? answer
          : unreadable("results cannot be added to it the way it is written");
    } catch (BadYaml e) {
      return unreadable(e.text());
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return failed(e);
    }
  }

  private static Answer unreadable(String why) {
    return Answer.instead(
        List.of(Validation.plain(Rule.INPUT, "the input cannot be checked: " + why)));
  }

  private static Answer failed(Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    System.err.println(e + (trace.length == 0 ? "" : " at " + trace[0]));
    return Answer.instead(
        List.of(
            Validation.plain(
                Rule.INTERNAL, "the check itself failed: " + e + "; please report it")));
  }

  private static int usage(String argument) {
    if (argument.equals("--help") || argument.equals("-h")) {
      System.out.print(HELP);
      return 0;
    }
    System.err.println("'" + argument + "' is not understood; see --help");
    return 2;
  }
}
