package io.nephio.recovery.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Objects of the two kinds: right ones, nearly right ones and wild ones. */
final class Generated {
  private static final List<String> DURATIONS =
      List.of("30s", "10m", "1h30m", "999999h", "1ms", "75s", "999999h99999h99999h");
  private static final List<Object> ODD_TEXTS =
      List.of(
          "",
          " ",
          "0s",
          "5",
          "1d",
          "-1m",
          "30",
          "1.5h",
          "s",
          "Ä",
          "😀",
          "x\n",
          "30s\n",
          "a..b",
          "a.b",
          "A",
          "-a",
          "a-",
          "*",
          "a/b",
          "a/b/c",
          "a b",
          "null",
          "0%",
          "101%",
          "100%",
          "1%",
          "40",
          "2026-02-30T00:00:00Z",
          "2026-01-01",
          "2026-01-01T24:00:00Z",
          "2026-01-01t00:00:00z",
          "2026-01-01T00:00:00",
          "2026-01-01T00:00:00+99:99",
          "2026-01-01T00:00:00,5Z",
          "2026-1-1T00:00:00Z",
          "0000-01-01T00:00:00Z",
          "2026-01-01T00:00:60Z",
          "2026-01-01T00:00:00Ztx",
          "deletepod",
          "DeletePod");
  private static final List<Object> ODD_NUMBERS =
      List.of(
          0L,
          1L,
          -1L,
          20L,
          21L,
          50L,
          51L,
          10L,
          11L,
          100L,
          2147483647L,
          2147483648L,
          -2147483649L,
          9007199254740993L,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          1.0,
          1.5,
          3.0,
          1e30,
          -0.0,
          4.9E-324);
  private static final List<String> OTHER_FIELDS =
      List.of("metadata", "name", "mode", "kind", "namespace", "x", "Spec", "Suspend", "uid");

  private final Random random;

  Generated(long seed) {
    random = new Random(seed);
  }

  /** The next object; every third is right, every third nearly, the others are anything. */
  Map<String, Object> next() {
    String kind = random.nextBoolean() ? Kinds.POLICY : Kinds.REMEDIATION;
    Map<String, Object> object = right(kind);
    int faults =
        switch (random.nextInt(3)) {
          case 0 -> 0;
          case 1 -> 1;
          default -> 1 + random.nextInt(5);
        };
    for (int i = 0; i < faults; i++) {
      spoil(object);
    }
    if (object.get("metadata") instanceof Map<?, ?> metadata && isElsewhere(metadata)) {
      metadata.remove("namespace");
    }
    return object;
  }

  /** In a namespace that is right, but not the one it is sent to. */
  private static boolean isElsewhere(Map<?, ?> metadata) {
    return metadata.get("namespace") instanceof String namespace
        && namespace.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  }

  private Map<String, Object> right(String kind) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", Kinds.API_VERSION);
    object.put("kind", kind);
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", oneOf(List.of("a", "a.b-c", "x".repeat(63), "edge01-1f2e3d4c")));
    if (random.nextInt(4) == 0) {
      metadata.put("namespace", "default");
    }
    if (random.nextInt(4) == 0) {
      metadata.put("labels", map("app", "x", "x.org/y", ""));
      metadata.put("annotations", map("config.kubernetes.io/local-config", "true"));
    }
    object.put("metadata", metadata);
    Schema schema = Kinds.schema(kind);
    object.put("spec", value(schema.properties().get("spec"), 0));
    if (random.nextInt(8) == 0) {
      object.put("status", value(schema.properties().get("status"), 0));
    }
    return object;
  }

  private Object value(Schema schema, int depth) {
    return switch (schema.type()) {
      case object -> object(schema, depth);
      case array -> list(schema, depth);
      case string -> text(schema.bounds());
      case integer -> number(schema.bounds());
      case bool -> random.nextBoolean();
      case intOrString -> random.nextBoolean() ? (Object) "40%" : (Object) 3L;
    };
  }

  private Map<String, Object> object(Schema schema, int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (var property : schema.properties().entrySet()) {
      boolean required = schema.bounds().required().contains(property.getKey());
      // Whole machines and targets, so that the CEL rules are reached.
      boolean wanted = property.getKey().matches("machine|uid") && random.nextInt(4) != 0;
      if (required || wanted || random.nextInt(4) == 0) {
        map.put(property.getKey(), value(property.getValue(), depth + 1));
      }
    }
    if (schema.values() != null && random.nextBoolean()) {
      map.put("app", value(schema.values(), depth + 1));
    }
    return map;
  }

  private List<Object> list(Schema schema, int depth) {
    List<Object> list = new ArrayList<>();
    int size = random.nextInt(3);
    for (int i = 0; i < size; i++) {
      Object item = value(schema.items(), depth + 1);
      if (!schema.bounds().set() || !list.contains(item)) {
        list.add(item);
      }
    }
    return list;
  }

  private Object text(Schema.Bounds bounds) {
    if (!bounds.options().isEmpty()) {
      return oneOf(bounds.options());
    }
    if (bounds.format() != null) {
      return oneOf(List.of("2026-11-25T05:24:00Z", "2026-11-25T05:24:00.5+01:00"));
    }
    if (bounds.pattern() == null) {
      return oneOf(List.of("a", "some text", "x".repeat(Math.max(1, bounds.maxLength()))));
    }
    return switch (Form.of(bounds.pattern())) {
      case DURATION -> oneOf(DURATIONS);
      case DURATION_OR_NEVER -> oneOf(List.of("", "2h"));
      case NAMESPACE -> oneOf(List.of("a", "kube-system", "x".repeat(63)));
      case NAMESPACE_OR_ALL -> oneOf(List.of("a", "b", "c", "*"));
      case NAMESPACES -> oneOf(List.of("shop-*", "*", "a"));
      case CRD -> oneOf(List.of("clusters.cluster.x-k8s.io", "a.b", "1.2.3"));
      case REPOSITORY, WORKLOAD_REPOSITORY -> oneOf(List.of("nephio/mgmt", "../..", "a.git/-"));
      case FINGERPRINT -> oneOf(List.of("1f2e3d4c", "12345678"));
      case SHA256 -> "0123456789abcdef".repeat(4);
      case CONDITION_STATUS -> oneOf(List.of("True", "False", "Unknown"));
    };
  }

  private Object number(Schema.Bounds bounds) {
    long least = bounds.minimum() == null ? 0 : bounds.minimum();
    long most = bounds.maximum() == null ? 1000 : bounds.maximum();
    return random.nextBoolean() ? least : random.nextBoolean() ? most : (least + most) / 2;
  }

  /** Breaks something somewhere, or nothing if luck has it. */
  private void spoil(Map<String, Object> object) {
    List<Object> places = new ArrayList<>();
    collect(object, places);
    Object place = places.get(random.nextInt(places.size()));
    if (place instanceof Map<?, ?>) {
      @SuppressWarnings("unchecked")
      Map<String, Object> map = (Map<String, Object>) place;
      spoilMap(map);
    } else {
      @SuppressWarnings("unchecked")
      List<Object> list = (List<Object>) place;
      spoilList(list);
    }
  }

  private void spoilMap(Map<String, Object> map) {
    List<String> keys = new ArrayList<>(map.keySet());
    if (keys.isEmpty() || random.nextInt(6) == 0) {
      map.put(oneOf(OTHER_FIELDS), odd());
      return;
    }
    String key = oneOf(keys);
    if (random.nextInt(4) == 0) {
      map.remove(key);
    } else {
      map.put(key, odd(map.get(key)));
    }
  }

  private void spoilList(List<Object> list) {
    if (list.isEmpty() || random.nextInt(3) == 0) {
      int copies = random.nextInt(6) == 0 ? 300 : 1;
      Object item = list.isEmpty() ? odd() : list.get(random.nextInt(list.size()));
      for (int i = 0; i < copies; i++) {
        list.add(item);
      }
    } else {
      int at = random.nextInt(list.size());
      list.set(at, odd(list.get(at)));
    }
  }

  /** Something of the same type, more often than not. */
  private Object odd(Object given) {
    if (given instanceof String text && random.nextInt(3) != 0) {
      return random.nextInt(4) == 0 ? text + oneOf(ODD_TEXTS) : oneOf(ODD_TEXTS);
    }
    if (given instanceof Number && random.nextInt(3) != 0) {
      return oneOf(ODD_NUMBERS);
    }
    return odd();
  }

  private Object odd() {
    return switch (random.nextInt(9)) {
      case 0 -> null;
      case 1 -> new LinkedHashMap<>();
      case 2 -> new ArrayList<>();
      case 3 -> new ArrayList<>(List.of(oneOf(ODD_TEXTS)));
      case 4 -> map("a", "b");
      case 5 -> random.nextBoolean();
      case 6 -> "x".repeat(oneOf(List.of(21, 64, 254, 1025)));
      case 7 -> oneOf(ODD_NUMBERS);
      default -> oneOf(ODD_TEXTS);
    };
  }

  private static void collect(Object value, List<Object> places) {
    if (value instanceof Map<?, ?> map) {
      places.add(map);
      map.values().forEach(v -> collect(v, places));
    } else if (value instanceof List<?> list) {
      places.add(list);
      list.forEach(v -> collect(v, places));
    }
  }

  private static Map<String, Object> map(String... entries) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      map.put(entries[i], entries[i + 1]);
    }
    return map;
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
