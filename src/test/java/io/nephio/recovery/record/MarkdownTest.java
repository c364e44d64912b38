package io.nephio.recovery.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Foreign text as it stands in a pull request. */
class MarkdownTest {

  /** Half a character is a question mark to whoever reads it back, and the body another. */
  @ParameterizedTest
  @ValueSource(ints = {197, 198, 199})
  void noCharacterIsCutInTwo(int before) {
    String text = "x".repeat(before) + "\ud83d\ude80".repeat(10);
    for (String cut : new String[] {Markdown.plain(text), Markdown.code(text)}) {
      assertThat(new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
          .isEqualTo(cut);
    }
  }
}
