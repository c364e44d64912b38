package io.nephio.recovery.rules;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A place in an object, written as the API server writes it: {@code spec.approvals[0].mode}. */
public final class Field {
  static final Field ROOT = new Field(null, "");

  private final @Nullable Field parent;
  private final Object step;

  private Field(@Nullable Field parent, Object step) {
    this.parent = parent;
    this.step = step;
  }

  static Field of(Object... steps) {
    Field field = ROOT;
    for (Object step : steps) {
      field = new Field(field, step);
    }
    return field;
  }

  Field child(String name) {
    return new Field(this, name);
  }

  Field index(int index) {
    return new Field(this, index);
  }

  /** Keys and indexes from the root. */
  public List<Object> steps() {
    List<Object> steps = parent == null ? new ArrayList<>() : parent.steps();
    if (parent != null) {
      steps.add(step);
    }
    return steps;
  }

  /** The keys, of a field that is in no list. */
  String[] names() {
    List<Object> steps = steps();
    String[] names = new String[steps.size()];
    for (int i = 0; i < names.length; i++) {
      names[i] = (String) steps.get(i);
    }
    return names;
  }

  /** Empty for the object itself. */
  public String text() {
    if (parent == null) {
      return "";
    }
    String before = parent.text();
    if (step instanceof Integer) {
      return before + "[" + step + "]";
    }
    String key = (String) step;
    if (!isPlain(key)) {
      return before + "[" + Text.shortly(key) + "]";
    }
    return before.isEmpty() ? key : before + "." + key;
  }

  private static boolean isPlain(String key) {
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (!(c < 128 && Character.isLetterOrDigit(c)) && c != '-' && c != '_') {
        return false;
      }
    }
    return !key.isEmpty() && key.length() <= 63;
  }

  @Override
  public String toString() {
    return text();
  }
}
