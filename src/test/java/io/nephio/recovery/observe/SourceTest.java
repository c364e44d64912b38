package io.nephio.recovery.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.facts.Known;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What several kinds are as one, by what is known of each. */
class SourceTest {

  @ParameterizedTest(name = "{0} and {1}: {2}")
  @CsvSource({
    "seen, seen, Seen",
    "seen, absent, Seen",
    "absent, seen, Seen",
    "absent, absent, NotLooked",
    "seen, unseen, NotLooked",
    "unseen, seen, NotLooked",
    "unseen, absent, NotLooked"
  })
  void oneKindThatIsNotSeenProvesNothing(String first, String second, String together) {
    Source source =
        new Source() {
          @Override
          public <T> Known<T> known(String group, String kind, Function<Tree, T> reading) {
            return new Known.NotLooked<>();
          }

          @Override
          public boolean serves(String group, String kind) {
            return !kind.endsWith("absent");
          }
        };

    Known<String> known =
        source.together(
            "apps",
            List.of("1 " + first, "2 " + second),
            kind ->
                kind.endsWith(" seen") ? new Known.Seen<>(List.of(kind)) : new Known.NotLooked<>());

    assertThat(known.getClass().getSimpleName()).isEqualTo(together);
  }
}
