package io.nephio.recovery.cli;

import io.nephio.recovery.observe.files.FleetReader;
import io.nephio.recovery.observe.files.Input;
import io.nephio.recovery.observe.files.Observation;
import io.nephio.recovery.observe.files.WorkloadSource;
import io.nephio.recovery.plan.Assignment;
import io.nephio.recovery.plan.Planner;
import io.nephio.recovery.plan.Policy;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The pass on files: what the operator would propose, without any server. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Tells what would be proposed for the objects in these files.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:nothing to propose",
      "10:remediations proposed",
      "1:bad input",
      "2:wrong usage"
    })
final class PlanCommand implements Callable<Integer> {
  private static final int PROPOSED = 10;

  enum Format {
    text,
    json
  }

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      required = true,
      arity = "1..*",
      description = "ClusterPolicies")
  List<String> policies = List.of();

  @Option(
      names = "--management",
      paramLabel = "PATH",
      arity = "1..*",
      description =
          "objects of the management cluster: a file, a directory, or - for standard input")
  List<String> management = List.of();

  @Option(
      names = "--workload",
      paramLabel = "[NAMESPACE/]CLUSTER=PATH",
      description = "objects of a workload cluster")
  List<String> workloads = List.of();

  @Option(
      names = "--at",
      paramLabel = "RFC3339",
      description = "the instant to judge at (default: the newest observation in the input)")
  @Nullable String at;

  @Option(
      names = {"-o", "--output"},
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  Format format = Format.text;

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    Observation seen =
        new FleetReader(new Input(System.in)).read(policies, management, sources(), Instant.now());
    Instant instant = at == null ? seen.newest().orElseGet(Instant::now) : parse(at);
    Assignment assignment = new Assignment(seen.policies());
    List<Planned> plans = new ArrayList<>();
    for (Policy policy : assignment.policies()) {
      plans.add(
          new Planned(
              policy,
              Planner.plan(policy, assignment.of(policy, seen.fleet()), seen.ledger(), instant)));
    }
    PrintWriter out = command().commandLine().getOut();
    out.print(
        format == Format.json ? PlanJson.text(instant, plans) : PlanText.text(instant, plans));
    out.flush();
    return plans.stream().allMatch(p -> p.plan().proposals().isEmpty()) ? 0 : PROPOSED;
  }

  private List<WorkloadSource> sources() {
    try {
      return workloads.stream().map(WorkloadSource::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command().commandLine(), "--workload: " + e.getMessage(), e);
    }
  }

  private Instant parse(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new ParameterException(
          command().commandLine(),
          "--at: '" + text + "' is not a time like 2026-01-01T00:00:00Z",
          e);
    }
  }

  private CommandSpec command() {
    return Objects.requireNonNull(spec, "set by picocli");
  }
}
