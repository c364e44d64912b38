package io.nephio.recovery.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A length of time as people write it, like {@code 1h30m}: a Go duration without sign and fraction,
 * so short that neither Java nor the API server's CEL can overflow. Never zero.
 */
public record Span(@JsonValue String text) {
  public static final String PATTERN = "^[1-9][0-9]{0,5}(ms|s|m|h)([0-9]{1,5}(ms|s|m|h))*$";
  public static final int MAX_LENGTH = 20;

  private static final Pattern WHOLE = Pattern.compile(PATTERN);
  private static final Pattern PART = Pattern.compile("([0-9]+)(ms|s|m|h)");

  @JsonCreator
  public Span {
    if (text.length() > MAX_LENGTH || !WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'%s' is not a duration: write one like 30s, 10m or 1h30m".formatted(text));
    }
  }

  public Duration duration() {
    return PART.matcher(text)
        .results()
        .map(part -> of(Long.parseLong(part.group(1)), part.group(2)))
        .reduce(Duration.ZERO, Duration::plus);
  }

  @Override
  public String toString() {
    return text;
  }

  private static Duration of(long amount, String unit) {
    return switch (unit) {
      case "h" -> Duration.ofHours(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "s" -> Duration.ofSeconds(amount);
      default -> Duration.ofMillis(amount);
    };
  }
}
