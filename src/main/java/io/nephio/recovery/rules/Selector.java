package io.nephio.recovery.rules;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a label selector says, key by key. Every key is independent of the others, so what two
 * selectors have in common can be told without any labels to try them on.
 */
final class Selector {
  /** The values a key may have; and whether it may be absent. */
  private static final class Values {
    /** The only values it may have; null if any. */
    private @Nullable Set<String> only;

    private final Set<String> not = new HashSet<>();
    private boolean present;
    private boolean absent;

    boolean possible() {
      return !(present && absent)
          && (only == null || !not.containsAll(only))
          && !(only != null && absent);
    }
  }

  private final Map<String, Values> keys = new LinkedHashMap<>();

  /** An absent selector is like an empty one: everything. */
  static Selector of(Tree selector) {
    Selector made = new Selector();
    made.add(selector);
    return made;
  }

  /** What both select. */
  static Selector both(Tree one, Tree other) {
    Selector made = of(one);
    made.add(other);
    return made;
  }

  boolean everything() {
    return keys.isEmpty();
  }

  boolean possible() {
    return impossible().isEmpty();
  }

  /** The keys that can have no value at all. */
  List<String> impossible() {
    List<String> impossible = new ArrayList<>();
    for (Map.Entry<String, Values> entry : keys.entrySet()) {
      if (!entry.getValue().possible()) {
        impossible.add(entry.getKey());
      }
    }
    return impossible;
  }

  /** Whether whatever the other selects, this selects too; false if that cannot be told. */
  boolean covers(Selector other) {
    for (Map.Entry<String, Values> entry : keys.entrySet()) {
      Values theirs = other.keys.get(entry.getKey());
      if (theirs == null || !covers(entry.getValue(), theirs)) {
        return false;
      }
    }
    return true;
  }

  private static boolean covers(Values ours, Values theirs) {
    if (ours.absent) {
      return theirs.absent;
    }
    if (theirs.absent) {
      return !ours.present;
    }
    boolean present = !ours.present || theirs.present;
    boolean only = ours.only == null || (theirs.only != null && ours.only.containsAll(theirs.only));
    boolean not =
        theirs.only != null
            ? Collections.disjoint(theirs.only, ours.not)
            : theirs.not.containsAll(ours.not);
    return present && only && not;
  }

  private void add(Tree selector) {
    Tree exact = selector.tree("matchLabels");
    for (Map.Entry<?, ?> entry : exact.fields().entrySet()) {
      in(String.valueOf(entry.getKey()), List.of(String.valueOf(entry.getValue())));
    }
    for (Tree requirement : selector.trees("matchExpressions")) {
      String key = requirement.text("key");
      switch (requirement.text("operator")) {
        case "In" -> in(key, requirement.texts("values"));
        case "NotIn" -> values(key).not.addAll(requirement.texts("values"));
        case "Exists" -> values(key).present = true;
        default -> values(key).absent = true;
      }
    }
  }

  private void in(String key, List<String> given) {
    Values values = values(key);
    values.present = true;
    Set<String> only = new HashSet<>(given);
    if (values.only != null) {
      only.retainAll(values.only);
    }
    values.only = only;
  }

  private Values values(String key) {
    return keys.computeIfAbsent(key, k -> new Values());
  }
}
