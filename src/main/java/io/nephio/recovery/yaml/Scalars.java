package io.nephio.recovery.yaml;

import org.jspecify.annotations.Nullable;

/**
 * What a plain scalar stands for in the tools that bring YAML to the API server (kubectl, Flux,
 * Config Sync): they all read with Go's YAML 1.1 library, where {@code yes} and {@code on} are
 * booleans and {@code 0o17} and {@code 1_000} are numbers, while times stay text.
 */
final class Scalars {
  private Scalars() {}

  static @Nullable Object plain(String text) {
    if (text.isEmpty()) {
      return null;
    }
    return switch (text) {
      case "~", "null", "Null", "NULL" -> null;
      case "true", "True", "TRUE", "y", "Y", "yes", "Yes", "YES", "on", "On", "ON" -> true;
      case "false", "False", "FALSE", "n", "N", "no", "No", "NO", "off", "Off", "OFF" -> false;
      default -> mayBeNumber(text.charAt(0)) ? number(text) : text;
    };
  }

  private static boolean mayBeNumber(char first) {
    return (first >= '0' && first <= '9') || first == '+' || first == '-' || first == '.';
  }

  private static Object number(String text) {
    String digits = text.indexOf('_') < 0 ? text : text.replace("_", "");
    Object integer = integer(digits);
    if (integer != null) {
      return integer;
    }
    if (isDecimal(text)) {
      return Double.parseDouble(text);
    }
    return switch (text) {
      case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" -> Double.POSITIVE_INFINITY;
      case "-.inf", "-.Inf", "-.INF" -> Double.NEGATIVE_INFINITY;
      case ".nan", ".NaN", ".NAN" -> Double.NaN;
      default -> text;
    };
  }

  private static @Nullable Object integer(String text) {
    boolean negative = text.startsWith("-");
    String digits = negative || text.startsWith("+") ? text.substring(1) : text;
    int radix = 10;
    if (digits.length() > 1 && digits.charAt(0) == '0') {
      char mark = Character.toLowerCase(digits.charAt(1));
      radix = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
      digits = digits.substring(mark == 'x' || mark == 'b' || mark == 'o' ? 2 : 1);
    }
    if (digits.isEmpty() || !allDigits(digits, radix)) {
      return null;
    }
    try {
      return Long.parseLong(negative ? "-" + digits : digits, radix);
    } catch (NumberFormatException tooLarge) {
      return radix == 10 ? Double.valueOf(text) : null;
    }
  }

  private static boolean allDigits(String text, int radix) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 'f' || Character.digit(c, radix) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Digits with a point or an exponent; no hexadecimal fractions, no type suffix of Java's. */
  private static boolean isDecimal(String text) {
    int at = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
    int whole = digits(text, at);
    int end = at + whole;
    int fraction = 0;
    if (end < text.length() && text.charAt(end) == '.') {
      fraction = digits(text, end + 1);
      end += 1 + fraction;
    }
    if (whole + fraction == 0) {
      return false;
    }
    if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
      int sign =
          end + 1 < text.length() && (text.charAt(end + 1) == '-' || text.charAt(end + 1) == '+')
              ? 1
              : 0;
      int exponent = digits(text, end + 1 + sign);
      return exponent > 0 && end + 1 + sign + exponent == text.length();
    }
    return end == text.length();
  }

  private static int digits(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end - from;
  }
}
