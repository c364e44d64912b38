package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveDemoTest {
  /** Nobody has said yes where the input is a closed pipe or /dev/null. */
  @ParameterizedTest
  @CsvSource({"'', false", "'\n', true", "'y\n', true"})
  void onlyAKeyMerges(String input, boolean merges) {
    byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
    assertThat(LiveDemo.isEntered(new ByteArrayInputStream(bytes))).isEqualTo(merges);
  }
}
