package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephio.recovery.judge.Memory;
import io.nephio.recovery.judge.Memory.Pass;
import io.nephio.recovery.judge.Memory.Span;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryTextTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.123456789Z");
  private static final Instant HOUR = NOW.minusSeconds(3600);
  private static final Memory SAMPLE =
      new Memory(
          Map.of(
              "default/edge01 NodeNotReady Node n1 uid-1", new Span(HOUR, Optional.empty()),
              "default/edge01 PodFailed Pod a/\"b\" ü", new Span(HOUR, Optional.of(NOW))),
          Map.of("default/edge01 ", NOW, "default/edge01 domain a", HOUR),
          Map.of("default/edge01 things.example.com", HOUR),
          new Pass(NOW, NOW.plusSeconds(420)));

  @Test
  void whatIsWrittenIsRead() throws MemoryText.Unreadable {
    assertThat(MemoryText.read(MemoryText.write(SAMPLE), NOW)).isEqualTo(SAMPLE);
    assertThat(MemoryText.read(MemoryText.write(Memory.EMPTY), NOW)).isEqualTo(Memory.EMPTY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "## | version",
        "[] | version",
        "{ | JSON",
        "null | version",
        "{\"version\": 2} | version 1",
        "{\"version\": 1} | could not be parsed",
        "{\"version\": 1, \"at\": \"yesterday\", \"next\": \"\"} | yesterday",
        "{\"version\": 1, \"at\": \"2026-01-01T00:00:00Z\", \"next\": \"2026-01-01T00:00:00Z\","
            + " \"failing\": {\"a\": {\"b\": 1}}} | could not be parsed",
        "{\"version\": 1, \"at\": \"2026-01-01T00:00:00Z\", \"next\": \"2026-01-01T00:00:00Z\","
            + " \"failing\": {\"a\": \"/\"}} | could not be parsed",
      })
  void whatIsNoMemoryIsToldAndNotGuessed(String text, String why) {
    assertThatThrownBy(() -> MemoryText.read(text, NOW))
        .isInstanceOf(MemoryText.Unreadable.class)
        .hasMessageContaining(why);
  }

  @Test
  void aClockThatRanAheadIsNow() throws MemoryText.Unreadable {
    Memory read = MemoryText.read(MemoryText.write(SAMPLE), HOUR.minusSeconds(1));

    assertThat(read.storms().values()).containsOnly(HOUR.minusSeconds(1));
    assertThat(read.pass().at()).isEqualTo(HOUR.minusSeconds(1));
  }

  @Test
  void hoursOfStormFitIntoOneConfigMapAndTheOldestStay() throws MemoryText.Unreadable {
    Map<String, Span> failing = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      failing.put(
          "default/edge01 NodeNotReady Node " + "n".repeat(200) + i,
          new Span(HOUR.plusSeconds(i), Optional.empty()));
    }
    Map<String, Instant> storms = Map.of("default/edge01 ", NOW);
    String text = MemoryText.write(new Memory(failing, storms, Map.of(), SAMPLE.pass()));
    Memory read = MemoryText.read(text, NOW);

    assertThat(text.length()).isBetween(300_000, MemoryText.MOST_CHARACTERS + 1_000);
    assertThat(read.storms()).isEqualTo(storms);
    assertThat(read.failing().values())
        .extracting(Span::first)
        .contains(HOUR, HOUR.plusSeconds(1_000))
        .doesNotContain(HOUR.plusSeconds(9_999));
  }
}
