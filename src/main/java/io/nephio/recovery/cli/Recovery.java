package io.nephio.recovery.cli;

import io.nephio.recovery.observe.files.BadInput;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The executable. */
@Command(
    name = "recovery",
    mixinStandardHelpOptions = true,
    versionProvider = Recovery.Version.class,
    description = "Proposes repairs of Cluster API workload clusters as pull requests.",
    subcommands = {
      OperatorCommand.class,
      PlanCommand.class,
      ValidateCommand.class,
      PruneCommand.class
    })
public final class Recovery {
  static final int BAD_INPUT = 1;

  private Recovery() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    return run(System.out, System.err, arguments);
  }

  static int run(PrintStream out, PrintStream err, String... arguments) {
    CommandLine command = new CommandLine(new Recovery());
    command.setUnmatchedOptionsAllowedAsOptionParameters(false);
    command.setOut(writer(out));
    command.setErr(writer(err));
    command.setParameterExceptionHandler(
        (e, given) -> {
          CommandLine line = e.getCommandLine();
          line.getErr().println(e.getMessage());
          line.getErr()
              .println("Try '" + line.getCommandSpec().qualifiedName() + " --help' for its use.");
          return line.getCommandSpec().exitCodeOnInvalidInput();
        });
    command.setExecutionExceptionHandler(
        (e, line, result) -> {
          line.getErr().println(problem(e));
          return BAD_INPUT;
        });
    return command.execute(arguments);
  }

  /** A message for people where there is one; what nobody foresaw is named with its place. */
  private static String problem(Exception e) {
    if (e instanceof BadInput || e instanceof IllegalArgumentException) {
      return String.valueOf(e.getMessage());
    }
    StackTraceElement[] trace = e.getStackTrace();
    return "unexpected " + e + (trace.length == 0 ? "" : " at " + trace[0]);
  }

  /** JSON is UTF-8, whatever the terminal's locale is. */
  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Recovery.class.getPackage().getImplementationVersion();
      return new String[] {"recovery " + (version == null ? "(not packaged)" : version)};
    }
  }
}
