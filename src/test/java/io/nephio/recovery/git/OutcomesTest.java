package io.nephio.recovery.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.servers.Line;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As what an exchange of git is counted. */
class OutcomesTest {
  private static final String NOBODY = "http://127.0.0.1:1";

  @TempDir private Path folder;
  private final List<String> outcomes = new CopyOnWriteArrayList<>();

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "200 OK, not_git",
    "401 Unauthorized, credential",
    "404 Not Found, refused-404",
    "408 Request Timeout, unavailable-408",
    "429 Too Many Requests, unavailable-429",
    "503 Service Unavailable, unavailable-503",
  })
  void bearTheStatus(String status, String outcome) {
    Line.Cutter cutter =
        new Line.Cutter() {
          @Override
          public Optional<Line.Reply> instead(Line.Request request) {
            return Optional.of(new Line.Reply(status, List.of("Content-Type: text/html"), "x"));
          }
        };
    try (Line line = Line.to(NOBODY, cutter)) {
      fetch(line.url());
    }
    assertThat(outcomes).containsExactly("git fetch " + outcome);
  }

  @Test
  void tellWhoIsSlowFromWhoIsNotThere() throws IOException {
    fetch(NOBODY);
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      fetch("http://127.0.0.1:" + silent.getLocalPort());
    }
    assertThat(outcomes).containsExactly("git fetch unreachable", "git fetch timeout");
  }

  private void fetch(String url) {
    GitServer server =
        GitServer.of(url, new GitServer.Credential("bot", "bot-password"))
            .counted((operation, outcome) -> outcomes.add(operation + " " + outcome));
    try (PackageRepository repository =
        Patience.open(server, "nephio/mgmt", folder, Duration.ofSeconds(2))) {
      assertThat(repository.fetch("main")).isInstanceOf(Failure.class);
    }
  }
}
