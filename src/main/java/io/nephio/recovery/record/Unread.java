package io.nephio.recovery.record;

import io.nephio.recovery.api.Bounds;
import io.nephio.recovery.facts.ObjectRef;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that cannot be read, as a template, a key that is there twice, or too much text, and what
 * it seems to be about.
 *
 * @param why half a sentence
 * @param named the kinds and names in it; empty where not even its text was looked at
 */
public record Unread(String why, Optional<Set<String>> named) {
  private static final int LONGEST = 160;
  private static final int MOST = 500;
  private static final Pattern NAMED =
      Pattern.compile(
          "\\b(?:kind|name)[\"']?+\\s*+:\\s*+[\"']?+([A-Za-z0-9][A-Za-z0-9.-]{0,252}+)(?!\\{)");

  public Unread {
    why = Bounds.cut(why, LONGEST);
    named = named.map(Set::copyOf);
  }

  static Unread of(String text, String why) {
    Set<String> named = new HashSet<>();
    Matcher matcher = NAMED.matcher(text);
    while (named.size() < MOST && matcher.find()) {
      named.add(matcher.group(1));
    }
    return new Unread(why, Optional.of(named));
  }

  /** Whether it names both kind and name. */
  public boolean mayHold(ObjectRef object) {
    return named.isEmpty()
        || (named.get().contains(object.kind()) && named.get().contains(object.name()));
  }
}
