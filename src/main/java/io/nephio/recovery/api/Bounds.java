package io.nephio.recovery.api;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the API server takes at most. What others say ends up in our objects, and a text that is one
 * character too long is refused again on every pass; so the records cut here, once.
 */
public final class Bounds {
  static final int TEXT = 1024;
  static final int SENTENCE = 512;
  static final int URL = 1024;
  static final int BRANCH = 255;
  static final int NAME = 253;
  static final int REPOSITORY = 200;
  static final int WORD = 128;
  static final int NAMESPACE = 63;
  static final int COMMIT = 64;
  static final int CLUSTER = NAMESPACE + 1 + NAME;
  static final int CLUSTERS = 500;
  static final int ATTENTION = 50;
  static final int EVIDENCE = 20;
  static final int HISTORY = 10;
  static final int CONDITIONS = 16;

  private Bounds() {}

  /** The server counts code points, of which there are never more than chars. */
  public static String cut(@Nullable String text, int max) {
    if (text == null) {
      return "";
    }
    if (text.length() <= max) {
      return text;
    }
    int end = max - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  static <T> List<T> all(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  static <T> List<T> first(@Nullable List<T> list, int max) {
    return list == null ? List.of() : List.copyOf(list.subList(0, Math.min(max, list.size())));
  }

  static <T> List<T> last(@Nullable List<T> list, int max) {
    return list == null
        ? List.of()
        : List.copyOf(list.subList(Math.max(0, list.size() - max), list.size()));
  }

  static <T> List<T> sorted(@Nullable List<T> list, Comparator<? super T> order, int max) {
    return list == null ? List.of() : list.stream().sorted(order).limit(max).toList();
  }

  static List<Condition> conditions(@Nullable List<Condition> list) {
    return list == null
        ? List.of()
        : list.stream()
            .map(Bounds::condition)
            .sorted(Comparator.comparing(Condition::getType))
            .limit(CONDITIONS)
            .toList();
  }

  /** Conditions can be changed by whoever holds them: ours are copies. */
  private static Condition condition(Condition given) {
    return new ConditionBuilder(given)
        .withReason(cut(given.getReason(), WORD))
        .withMessage(cut(given.getMessage(), TEXT))
        .build();
  }

  static Instant seconds(@Nullable Instant at, String field) {
    return required(at, field).truncatedTo(ChronoUnit.SECONDS);
  }

  static @Nullable Instant seconds(@Nullable Instant at) {
    return at == null ? null : at.truncatedTo(ChronoUnit.SECONDS);
  }

  static <T> T required(@Nullable T given, String field) {
    return Objects.requireNonNull(given, () -> field + " is missing");
  }

  static <T> T or(@Nullable T given, T fallback) {
    return given == null ? fallback : given;
  }

  static Span or(@Nullable Span given, String fallback) {
    return given == null ? new Span(fallback) : given;
  }

  static Integer or(@Nullable Integer given, String fallback) {
    return given == null ? Integer.valueOf(fallback) : given;
  }
}
