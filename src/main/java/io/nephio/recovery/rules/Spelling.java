package io.nephio.recovery.rules;

import java.util.Collection;
import java.util.Locale;

/** What somebody may have meant. */
final class Spelling {
  private static final int FEW = 8;

  private Spelling() {}

  /** Names the nearest of the choices, or all of them if they are few. */
  static String advice(String given, Collection<String> choices) {
    for (String choice : choices) {
      if (given.length() > 3 && choice.startsWith(given)) {
        return "write " + choice;
      }
    }
    String nearest = "";
    int least = Math.max(1, given.length() / 3) + 1;
    for (String choice : choices) {
      int distance = distance(given, choice, least);
      if (distance < least) {
        least = distance;
        nearest = choice;
      }
    }
    if (!nearest.isEmpty()) {
      return "write " + nearest;
    }
    return choices.isEmpty() || choices.size() > FEW
        ? "remove it"
        : "write one of " + String.join(", ", choices);
  }

  /** Letters to change, add or remove, in any case; not counted beyond what matters. */
  private static int distance(String one, String other, int enough) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    if (Math.abs(a.length() - b.length()) >= enough) {
      return enough;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
