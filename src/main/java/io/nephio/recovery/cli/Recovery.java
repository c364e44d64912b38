package io.nephio.recovery.cli;

import io.nephio.recovery.observe.files.BadInput;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The executable. */
@Command(
    name = "recovery",
    mixinStandardHelpOptions = true,
    versionProvider = Recovery.Version.class,
    description = "Proposes repairs of Cluster API workload clusters as pull requests.",
    subcommands = PlanCommand.class)
public final class Recovery {
  static final int BAD_INPUT = 1;

  private Recovery() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    CommandLine command = new CommandLine(new Recovery());
    command.setUnmatchedOptionsAllowedAsOptionParameters(false);
    command.setExecutionExceptionHandler(
        (e, line, result) -> {
          if (!(e instanceof BadInput || e instanceof IllegalArgumentException)) {
            throw e;
          }
          line.getErr().println(e.getMessage());
          return BAD_INPUT;
        });
    return command.execute(arguments);
  }

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Recovery.class.getPackage().getImplementationVersion();
      return new String[] {"recovery " + (version == null ? "(not packaged)" : version)};
    }
  }
}
