package io.nephio.recovery.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nephio.recovery.rules.Problem;
import io.nephio.recovery.rules.Rule;
import io.nephio.recovery.rules.Severity;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The rules of the kpt function, on files. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Tells what is wrong with the ClusterPolicies and Remediations in these files, which are"
            + " looked at together.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:no errors", "1:errors", "2:wrong usage"})
final class ValidateCommand implements Callable<Integer> {
  enum Format {
    text,
    json
  }

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "YAML or JSON; - is standard input. Other kinds in it are passed over")
  List<String> files = List.of();

  @Option(names = "--strict", description = "warnings count as errors")
  boolean strict;

  @Option(
      names = "--mute",
      paramLabel = "RULE",
      split = ",",
      description = "leave out a rule, by the id in brackets behind its results")
  List<String> muted = List.of();

  @Option(
      names = {"-o", "--output"},
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  Format format = Format.text;

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    muted.forEach(this::requireMutable);
    List<Remark> remarks =
        Inspection.of(files, System.in).stream()
            .filter(r -> !muted.contains(r.rule()))
            .map(r -> strict && r.severity() == Severity.warning ? r.as(Severity.error) : r)
            .toList();
    PrintWriter out = command().commandLine().getOut();
    if (format == Format.json) {
      out.println(json(remarks));
    } else {
      remarks.forEach(r -> out.println(r.text()));
    }
    out.flush();
    return remarks.stream().anyMatch(r -> r.severity() == Severity.error) ? 1 : 0;
  }

  private void requireMutable(String id) {
    if (Rule.of(id).filter(Rule::mutable).isEmpty()) {
      throw new ParameterException(
          command().commandLine(), "--mute: '" + id + "' is no rule that can be muted");
    }
  }

  private static String json(List<Remark> remarks) {
    ObjectMapper json = new ObjectMapper();
    ObjectNode out = json.createObjectNode().put("schemaVersion", 1);
    ArrayNode results = out.putArray("results");
    for (Remark remark : remarks) {
      Problem problem = remark.problem();
      results
          .addObject()
          .put("severity", remark.severity().name())
          .put("rule", remark.rule())
          .put("file", remark.file())
          .put("line", remark.line() == 0 ? null : remark.line())
          .put("kind", remark.kind())
          .put("namespace", remark.namespace())
          .put("name", remark.name())
          .put("field", problem == null ? null : problem.field().text())
          .put("message", problem == null ? remark.message() : problem.message())
          .put("currentValue", problem == null ? null : problem.current())
          .put("proposedValue", problem == null ? null : problem.proposed());
    }
    try {
      return json.writerWithDefaultPrettyPrinter().writeValueAsString(out);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values can always be written", e);
    }
  }

  private CommandSpec command() {
    return Objects.requireNonNull(spec, "set by picocli");
  }
}
