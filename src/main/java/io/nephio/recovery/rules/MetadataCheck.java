package io.nephio.recovery.rules;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the API server asks of every object's metadata. */
final class MetadataCheck {
  private static final int ANNOTATIONS = 256 * 1024;
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");

  private static final Set<String> TEXTS =
      Set.of("name", "namespace", "generateName", "selfLink", "uid", "resourceVersion");
  private static final Set<String> NUMBERS = Set.of("generation", "deletionGracePeriodSeconds");
  private static final Set<String> TIMES = Set.of("creationTimestamp", "deletionTimestamp");
  private static final Set<String> LISTS = Set.of("finalizers", "ownerReferences", "managedFields");
  private static final Set<String> MAPS = Set.of("labels", "annotations");

  private final Problems problems;

  private MetadataCheck(Problems problems) {
    this.problems = problems;
  }

  static void check(@Nullable Object metadata, Problems problems) {
    Field field = Field.of("metadata");
    if (!(metadata instanceof Map<?, ?> map)) {
      problems.add(Rule.METADATA, field, "must be a map with a name", metadata);
      return;
    }
    MetadataCheck check = new MetadataCheck(problems);
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      check.entry(field, String.valueOf(entry.getKey()), entry.getValue());
    }
    check.name(map.get("name"));
  }

  /** Whether Kubernetes takes it as the key of a label. */
  static boolean isKey(String key) {
    int slash = key.indexOf('/');
    String name = key.substring(slash + 1);
    return (slash < 0 || isSubdomain(key.substring(0, slash)))
        && name.length() <= 63
        && NAME.matcher(name).matches();
  }

  /** Whether Kubernetes takes it as the value of a label. */
  static boolean isValue(String value) {
    return value.isEmpty() || (value.length() <= 63 && NAME.matcher(value).matches());
  }

  private static boolean isSubdomain(String text) {
    return text.length() <= 253 && SUBDOMAIN.matcher(text).matches();
  }

  private void entry(Field parent, String key, @Nullable Object value) {
    Field field = parent.child(key);
    if (TEXTS.contains(key)) {
      type(field, value, value instanceof String, "a text");
      text(field, key, value instanceof String text ? text : "");
    } else if (NUMBERS.contains(key)) {
      type(field, value, value instanceof Long || value instanceof Integer, "a whole number");
    } else if (TIMES.contains(key)) {
      type(field, value, Times.instant(value) != null, "a time like 2026-01-31T12:00:00Z");
    } else if (LISTS.contains(key)) {
      type(field, value, value instanceof List, "a list");
    } else if (MAPS.contains(key)) {
      type(field, value, value instanceof Map, "a map");
      texts(field, value instanceof Map<?, ?> map ? map : Map.of(), key.equals("labels"));
    } else {
      problems.add(
          Rule.UNKNOWN_FIELD,
          field,
          "there is no such field: "
              + Spelling.advice(key, List.of("name", "namespace", "labels", "annotations")),
          null);
    }
  }

  private void type(Field field, @Nullable Object value, boolean right, String wanted) {
    if (value != null && !right) {
      problems.add(Rule.METADATA, field, "must be " + wanted, value);
    }
  }

  private void name(@Nullable Object name) {
    if (name == null || name.equals("")) {
      problems.add(Rule.METADATA, Field.of("metadata", "name"), "is missing", null);
    }
  }

  private void text(Field field, String key, String value) {
    if (key.equals("name") && !value.isEmpty() && !isSubdomain(value)) {
      problems.add(
          Rule.METADATA,
          field,
          Text.quoted(value)
              + " is no name: write lower-case letters, digits, - and ., at most 253 of them",
          value);
    }
    boolean namespace = value.length() <= 63 && LABEL.matcher(value).matches();
    if (key.equals("namespace") && !value.isEmpty() && !namespace) {
      problems.add(
          Rule.METADATA,
          field,
          Text.quoted(value)
              + " is no namespace: write lower-case letters, digits and -, at most 63 of them",
          value);
    }
    if (key.equals("resourceVersion") && !value.isEmpty()) {
      problems.add(Rule.METADATA, field, "is the API server's to set: remove it", value);
    }
  }

  private void texts(Field field, Map<?, ?> map, boolean labels) {
    long size = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = String.valueOf(entry.getKey());
      Object value = entry.getValue();
      if (!isKey(labels ? key : key.toLowerCase(Locale.ROOT))) {
        problems.add(
            Rule.METADATA, field.child(key), "is no key: write one like app or x.org/app", key);
      }
      type(field.child(key), value, value instanceof String, "a text: write it in quotes");
      if (labels && value instanceof String text && !isValue(text)) {
        problems.add(
            Rule.METADATA,
            field.child(key),
            Text.quoted(text)
                + " is no label: write at most 63 letters, digits, -, _ and ., the outer ones"
                + " letters or digits",
            text);
      }
      size += bytes(key) + bytes(value == null ? "" : value.toString());
    }
    if (!labels && size > ANNOTATIONS) {
      problems.add(Rule.METADATA, field, "are longer than " + ANNOTATIONS + " bytes", null);
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
