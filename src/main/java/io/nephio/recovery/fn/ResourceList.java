package io.nephio.recovery.fn;

import io.nephio.recovery.yaml.BadYaml;
import io.nephio.recovery.yaml.Limits;
import io.nephio.recovery.yaml.Yaml;
import io.nephio.recovery.yaml.YamlDocument;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What kpt hands to a function.
 *
 * @param items those that were parsed: at least all Kptfiles and all objects of our API group
 * @param config the functionConfig; null if there is none
 * @param results whether there are results already
 * @param plain whether it is written as kpt does, so that something can be put behind it
 */
record ResourceList(
    List<Map<?, ?>> items, @Nullable Object config, boolean results, boolean plain) {

  /**
   * Reads it.
   *
   * @throws BadYaml if it is no ResourceList, or one that cannot be read
   */
  static ResourceList read(byte[] input) {
    Skim skim = Skim.of(input);
    if (skim != null) {
      try {
        return of(input, skim);
      } catch (BadYaml e) {
        // An alias into another item, for one: as a whole it may still be right.
      }
    }
    return whole(input);
  }

  /** Reads it without passing over anything. */
  static ResourceList whole(byte[] input) {
    return whole(single(text(input, 0, input.length)));
  }

  private static ResourceList of(byte[] input, Skim skim) {
    StringBuilder frame = new StringBuilder();
    for (Skim.Span span : skim.frame()) {
      frame.append(text(input, span.from(), span.to()));
    }
    Map<?, ?> outside = single(frame.toString());
    demand(outside);
    List<Map<?, ?>> items = new ArrayList<>();
    for (Skim.Span span : skim.items()) {
      for (YamlDocument item : Yaml.read(text(input, span.from(), span.to()), Limits.OBJECTS)) {
        add(item.value(), items);
      }
    }
    return new ResourceList(items, outside.get("functionConfig"), false, true);
  }

  private static ResourceList whole(Map<?, ?> map) {
    demand(map);
    List<Map<?, ?>> items = new ArrayList<>();
    Object given = map.get("items");
    if (given != null) {
      add(given, items);
    }
    return new ResourceList(items, map.get("functionConfig"), map.containsKey("results"), false);
  }

  private static void add(@Nullable Object list, List<Map<?, ?>> items) {
    if (!(list instanceof List<?> given)) {
      throw new BadYaml(0, "items is not a list");
    }
    for (Object item : given) {
      if (!(item instanceof Map<?, ?> map)) {
        throw new BadYaml(0, "items holds something that is no object");
      }
      items.add(map);
    }
  }

  private static void demand(Map<?, ?> map) {
    boolean right =
        "ResourceList".equals(map.get("kind"))
            && map.get("apiVersion") instanceof String version
            && version.startsWith("config.kubernetes.io/");
    if (!right) {
      throw new BadYaml(0, "not a ResourceList of config.kubernetes.io, as kpt hands to functions");
    }
  }

  private static Map<?, ?> single(String text) {
    List<YamlDocument> documents = Yaml.read(text, Limits.OBJECTS);
    if (documents.size() == 1 && documents.get(0).value() instanceof Map<?, ?> map) {
      return map;
    }
    throw new BadYaml(0, "not one ResourceList but " + documents.size() + " documents");
  }

  private static String text(byte[] input, int from, int to) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(input, from, to - from))
          .toString();
    } catch (CharacterCodingException e) {
      throw new BadYaml(0, "not UTF-8 text");
    }
  }
}
