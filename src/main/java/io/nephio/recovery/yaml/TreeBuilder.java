package io.nephio.recovery.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.parser.ParserImpl;

/**
 * Makes one plain tree from the parser's events.
 *
 * <p>An alias gives the very object of its anchor, so a small text can stand for a tree of any
 * size; whoever walks it pays for all of it. That size is counted here, and refused.
 */
final class TreeBuilder {
  private final ParserImpl events;
  private final Limits limits;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private final IdentityHashMap<Object, Map<Object, Integer>> lines = new IdentityHashMap<>();
  private long values;

  private record Anchored(@Nullable Object value, long size) {}

  TreeBuilder(ParserImpl events, Limits limits) {
    this.events = events;
    this.limits = limits;
  }

  YamlDocument document() {
    Event first = events.next();
    Object value = value(first, 0);
    return new YamlDocument(line(first), value, lines);
  }

  private @Nullable Object value(Event event, int depth) {
    if (depth > limits.depth()) {
      throw new BadYaml(line(event), "more than " + limits.depth() + " levels deep: not read");
    }
    if (event instanceof AliasEvent alias) {
      return alias(alias);
    }
    count(event, 1);
    long before = values - 1;
    Object value = content(event, depth);
    Optional<Anchor> anchor = ((NodeEvent) event).getAnchor();
    if (anchor.isPresent()) {
      anchors.put(anchor.get().getValue(), new Anchored(value, values - before));
    }
    return value;
  }

  private @Nullable Object content(Event event, int depth) {
    if (event instanceof ScalarEvent scalar) {
      return scalar(scalar);
    }
    return event.getEventId() == Event.ID.MappingStart ? map(depth) : list(depth);
  }

  private @Nullable Object alias(AliasEvent event) {
    Anchored anchored = anchors.get(event.getAlias().getValue());
    if (anchored == null) {
      throw new BadYaml(
          line(event), "*" + event.getAlias().getValue() + " stands for nothing before it");
    }
    count(event, anchored.size());
    return anchored.value();
  }

  private void count(Event event, long more) {
    values += more;
    if (values > limits.values()) {
      throw new BadYaml(line(event), "more than " + limits.values() + " values: not read");
    }
  }

  private static @Nullable Object scalar(ScalarEvent event) {
    String tag = event.getTag().orElse("");
    if (tag.isEmpty()
        ? event.isPlain()
        : !tag.equals("!") && !tag.equals("tag:yaml.org,2002:str")) {
      return Scalars.plain(event.getValue());
    }
    return event.getValue();
  }

  private List<@Nullable Object> list(int depth) {
    List<@Nullable Object> list = new ArrayList<>();
    Map<Object, Integer> inside = new HashMap<>();
    lines.put(list, inside);
    for (Event e = events.next(); e.getEventId() != Event.ID.SequenceEnd; e = events.next()) {
      inside.put(list.size(), line(e));
      list.add(value(e, depth + 1));
    }
    return list;
  }

  private Map<String, @Nullable Object> map(int depth) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    Map<Object, Integer> inside = new HashMap<>();
    List<Object> merged = new ArrayList<>();
    lines.put(map, inside);
    for (Event e = events.next(); e.getEventId() != Event.ID.MappingEnd; e = events.next()) {
      String key = key(e, depth);
      Object value = value(events.next(), depth + 1);
      if (key.equals("<<") && ((ScalarEvent) e).isPlain()) {
        merge(e, value, merged);
      } else if (map.containsKey(key)) {
        throw new BadYaml(line(e), "the key '" + key + "' is there twice: remove one");
      } else {
        inside.put(key, line(e));
        map.put(key, value);
      }
    }
    for (Object source : merged) {
      ((Map<?, ?>) source).forEach((key, value) -> map.putIfAbsent((String) key, value));
    }
    return map;
  }

  private String key(Event event, int depth) {
    Object key = event instanceof AliasEvent ? value(event, depth + 1) : null;
    if (key instanceof String text) {
      return text;
    }
    if (!(event instanceof ScalarEvent scalar)) {
      throw new BadYaml(line(event), "a key must be a text");
    }
    count(event, 1);
    scalar
        .getAnchor()
        .ifPresent(a -> anchors.put(a.getValue(), new Anchored(scalar.getValue(), 1)));
    return scalar.getValue();
  }

  private static void merge(Event event, @Nullable Object value, List<Object> merged) {
    List<?> sources =
        value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    for (Object source : sources) {
      if (!(source instanceof Map<?, ?>)) {
        throw new BadYaml(line(event), "<< takes a map or a list of maps");
      }
      merged.add(source);
    }
  }

  private static int line(Event event) {
    return event.getStartMark().map(Mark::getLine).orElse(-1) + 1;
  }
}
