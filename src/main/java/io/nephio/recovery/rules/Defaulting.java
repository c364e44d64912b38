package io.nephio.recovery.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the API server makes of an object before it looks at it: null counts as not written, and
 * what is not written takes its default. Fields that nobody knows stay, even with null.
 */
final class Defaulting {
  private Defaulting() {}

  static @Nullable Object apply(@Nullable Object value, Schema schema) {
    if (value instanceof Map<?, ?> map && schema.type() == Schema.Type.object) {
      return map(map, schema);
    }
    if (value instanceof List<?> list && schema.items() != null) {
      List<@Nullable Object> items = new ArrayList<>(list.size());
      for (Object item : list) {
        items.add(apply(item, schema.items()));
      }
      return items;
    }
    return value;
  }

  private static Map<Object, @Nullable Object> map(Map<?, ?> map, Schema schema) {
    Map<Object, @Nullable Object> whole = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object value = entry.getValue();
      Schema inside = schema.properties().get(entry.getKey());
      Schema known = inside == null ? schema.values() : inside;
      if (known == null) {
        whole.put(entry.getKey(), value);
      } else if (value != null) {
        whole.put(entry.getKey(), apply(value, known));
      }
    }
    for (Map.Entry<String, Schema> property : schema.properties().entrySet()) {
      Object fallback = property.getValue().fallback();
      if (fallback != null && !whole.containsKey(property.getKey())) {
        whole.put(property.getKey(), apply(fallback, property.getValue()));
      }
    }
    return whole;
  }
}
