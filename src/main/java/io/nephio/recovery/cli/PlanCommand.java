package io.nephio.recovery.cli;

import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.ClusterRef;
import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.judge.Memory;
import io.nephio.recovery.observe.files.FleetReader;
import io.nephio.recovery.observe.files.Input;
import io.nephio.recovery.observe.files.Observation;
import io.nephio.recovery.observe.files.WorkloadSource;
import io.nephio.recovery.plan.Around;
import io.nephio.recovery.plan.Assignment;
import io.nephio.recovery.plan.ClusterState;
import io.nephio.recovery.plan.Home;
import io.nephio.recovery.plan.PackagePlaces;
import io.nephio.recovery.plan.Plan;
import io.nephio.recovery.plan.Planner;
import io.nephio.recovery.plan.Policy;
import io.nephio.recovery.plan.Restorable;
import io.nephio.recovery.record.Draft;
import io.nephio.recovery.record.PackageEdits;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
      arity = "1..*",
      description = "objects of a workload cluster")
  List<String> workloads = List.of();

  @Option(
      names = "--repo",
      paramLabel = "OWNER/NAME=DIR",
      arity = "1..*",
      description = "local repository that stands for one of the Git server")
  List<String> repositories = List.of();

  @Option(
      names = "--record",
      description = "write the branch of every proposal into its local repository")
  boolean record;

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
    Map<String, Path> directories = directories();
    Optional<Instant> given = Optional.ofNullable(at).map(this::parse);
    Observation seen =
        new FleetReader(new Input(System.in)).read(policies, management, sources(), Instant.now());
    seen.notes().forEach(command().commandLine().getErr()::println);
    Instant instant = given.or(seen::newest).orElseGet(Instant::now);
    try (Repositories places = Repositories.open(directories)) {
      List<Planned> plans = plans(seen, places, instant);
      List<Draft> drafts = plans.stream().flatMap(p -> p.drafts().stream()).toList();
      places.prepare(drafts, record);
      print(
          format == Format.json
              ? PlanJson.text(instant, plans, places)
              : PlanText.text(instant, plans, uncovered(seen, plans)));
      if (record && !record(drafts, places)) {
        return Recovery.BAD_INPUT;
      }
      return drafts.isEmpty() ? 0 : PROPOSED;
    }
  }

  private static List<Planned> plans(Observation seen, Repositories places, Instant at) {
    Assignment assignment = new Assignment(seen.policies());
    List<Planned> plans = new ArrayList<>();
    for (Policy policy : assignment.policies()) {
      Fleet fleet = assignment.of(policy, seen.fleet());
      Restorable restorable =
          PackageEdits.restorable(new PackagePlaces(policy, ""), places::packages);
      Plan plan =
          Planner.plan(
              policy,
              fleet,
              seen.ledger(),
              Memory.EMPTY,
              new Around(Home.NOWHERE, "", restorable, seen.policies()),
              at);
      plans.add(Planned.of(policy, plan, seen.ledger(), places));
    }
    return plans;
  }

  private static List<ClusterRef> uncovered(Observation seen, List<Planned> plans) {
    Set<ClusterRef> covered =
        plans.stream()
            .flatMap(p -> p.plan().clusters().stream())
            .map(ClusterState::cluster)
            .collect(Collectors.toSet());
    return seen.fleet().clusters().stream()
        .map(Cluster::ref)
        .filter(c -> !covered.contains(c))
        .toList();
  }

  /** Whether every branch is there now. */
  private boolean record(List<Draft> drafts, Repositories places) {
    boolean done = true;
    for (Draft draft : drafts) {
      Written written = places.write(draft);
      done &= written.done();
      if (!written.done()) {
        command().commandLine().getErr().println(draft.id().branch() + ": " + written.outcome());
      }
      if (format == Format.text) {
        print(RecordText.text(written, places.diffs(draft)));
      }
    }
    return done;
  }

  private void print(String text) {
    PrintWriter out = command().commandLine().getOut();
    out.print(text);
    out.flush();
  }

  private Map<String, Path> directories() {
    Map<String, Path> directories = new TreeMap<>();
    for (String text : repositories) {
      int equals = text.indexOf('=');
      if (equals <= 0 || equals == text.length() - 1 || !text.substring(0, equals).contains("/")) {
        throw usage("--repo: '" + text + "' is not OWNER/NAME=DIR", null);
      }
      directories.put(text.substring(0, equals), Path.of(text.substring(equals + 1)));
    }
    if (record && directories.isEmpty()) {
      throw usage("--record needs --repo OWNER/NAME=DIR: the place to write to", null);
    }
    return directories;
  }

  private ParameterException usage(String text, @Nullable Throwable cause) {
    return new ParameterException(command().commandLine(), text, cause);
  }

  private List<WorkloadSource> sources() {
    try {
      return workloads.stream().map(WorkloadSource::parse).toList();
    } catch (IllegalArgumentException e) {
      throw usage("--workload: " + e.getMessage(), e);
    }
  }

  private Instant parse(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw usage("--at: '" + text + "' is not a time like 2026-01-01T00:00:00Z", e);
    }
  }

  private CommandSpec command() {
    return Objects.requireNonNull(spec, "set by picocli");
  }
}
