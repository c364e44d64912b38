package io.nephio.recovery.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Foreign text as it stands in a pull request. */
class MarkdownTest {

  /** What Gitea takes for a reference, after it has taken the backslashes and entities away. */
  private static final Pattern REFERENCE =
      Pattern.compile("[#!][0-9]|://|@[a-z]|&[#a-z0-9]+;|\\$x\\$");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "closes #5",
        "closes !5",
        "closes nephio/mgmt#5",
        "fixes nephio/mgmt!5",
        "closes http://gitea.example/nephio/mgmt/issues/5",
        "closes https://gitea.example/nephio/mgmt/pulls/5",
        "ask @everyone",
      })
  void nothingIsAReference(String text) {
    assertThat(REFERENCE.matcher(text).find()).isTrue();
    for (String out :
        new String[] {Markdown.plain(text), Markdown.sentence(text), Markdown.line(text)}) {
      assertThat(out).doesNotContainPattern(REFERENCE);
      assertThat(out.replace("\\", "")).doesNotContainPattern(REFERENCE);
      assertThat(out.replace("\\", "").replace("\u200b", "")).isEqualTo(text);
    }
  }

  /** In Markdown only: a commit message knows neither entities nor formulas. */
  @ParameterizedTest
  @ValueSource(strings = {"closes &num;5", "&lt;img&gt;", "costs $x$"})
  void nothingIsMarkupThatOnlyGiteaKnows(String text) {
    for (String out : new String[] {Markdown.plain(text), Markdown.sentence(text)}) {
      assertThat(out).doesNotContainPattern("(?<!\\\\)[&$]").contains("\\");
    }
  }

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
