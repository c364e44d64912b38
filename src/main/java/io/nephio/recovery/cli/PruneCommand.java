package io.nephio.recovery.cli;

import io.nephio.recovery.api.Span;
import io.nephio.recovery.record.RecordFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes the records of the past out of a work tree; to commit that is for people. */
@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Deletes records under recovery/ of a work tree that expired long ago, and prints them.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:done", "1:cannot read or delete", "2:wrong usage"})
final class PruneCommand implements Callable<Integer> {
  private static final String RECORDS = "recovery";

  @Parameters(paramLabel = "DIR", description = "root of the work tree")
  @Nullable Path root;

  @Option(
      names = "--older-than",
      paramLabel = "DURATION",
      description = "how long ago they expired, 30 days is 720h (default: ${DEFAULT-VALUE})")
  String age = "720h";

  @Option(names = "--dry-run", description = "only print them")
  boolean dry;

  @Spec @Nullable CommandSpec spec;

  private final InstantSource clock = InstantSource.system();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = command().commandLine().getOut();
    Path tree = Objects.requireNonNull(root, "required by picocli");
    Instant before = clock.instant().minus(span().duration());
    for (Path record : records(tree.resolve(RECORDS))) {
      if (RecordFile.expiresAt(Files.readString(record)).filter(before::isAfter).isPresent()) {
        if (!dry) {
          Files.delete(record);
        }
        out.println(tree.relativize(record));
      }
    }
    out.flush();
    return 0;
  }

  private Span span() {
    try {
      return new Span(age);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command().commandLine(), "--older-than: " + e.getMessage());
    }
  }

  /** As they are written, one folder for a cluster; a link leads elsewhere and is left alone. */
  private static List<Path> records(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder, 2)) {
      return all.filter(p -> Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS))
          .filter(p -> p.toString().endsWith(".yaml"))
          .sorted()
          .toList();
    }
  }

  private CommandSpec command() {
    return Objects.requireNonNull(spec, "set by picocli");
  }
}
