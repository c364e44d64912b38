package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.git.Author;
import io.nephio.recovery.git.GitServer;
import io.nephio.recovery.git.RepositoryState;
import io.nephio.recovery.servers.Line;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForgeTest {
  private static final String NAME = "nephio/mgmt";
  private static final Instant NOW = Instant.parse("2026-11-26T05:24:00Z");

  @TempDir private Path caches;

  @ParameterizedTest(name = "{0}, after {2} s: asked {3} times")
  @CsvSource({
    "503 Service Unavailable, '', 2, 1",
    "503 Service Unavailable, '', 5, 2",
    "404 Not Found, '', 2, 1",
    "404 Not Found, '', 5, 2",
    "200 OK, '{\"full_name\":\"nephio/mgmt\",\"permissions\":{\"push\":false}}', 2, 1",
    "200 OK, '{\"full_name\":\"nephio/mgmt\",\"permissions\":{\"push\":false}}', 5, 2",
    "200 OK, '{\"full_name\":\"nephio/mgmt\",\"permissions\":{\"push\":true}}', 29, 1",
    "200 OK, '{\"full_name\":\"nephio/mgmt\",\"permissions\":{\"push\":true}}', 33, 2",
  })
  void aStateIsRememberedAFailureNotForLong(String status, String body, long later, int asked) {
    AtomicInteger count = new AtomicInteger();
    Line.Cutter cutter =
        new Line.Cutter() {
          @Override
          public Optional<Line.Reply> instead(Line.Request request) {
            count.incrementAndGet();
            return Optional.of(new Line.Reply(status, List.of(), body));
          }
        };
    try (Line line = Line.to("http://127.0.0.1:1", cutter);
        Forge forge =
            new Forge(
                GitServer.of(line.url(), new GitServer.Credential("bot", "bot-password")),
                caches,
                Author.DEFAULT)) {
      RepositoryState first = forge.state(NAME, NOW);
      assertThat(forge.state(NAME, NOW.plusSeconds(later))).isEqualTo(first);
      assertThat(count).hasValue(asked);
    }
  }
}
