package io.nephio.recovery.facts;

import java.util.List;

/**
 * Objects of one kind of one cluster: seen (perhaps none), or not looked at, which proves nothing.
 */
public sealed interface Known<T> {

  record Seen<T>(List<T> items) implements Known<T> {
    public Seen {
      items = List.copyOf(items);
    }
  }

  record NotLooked<T>() implements Known<T> {}

  /** What was seen; nothing when nobody looked. */
  default List<T> items() {
    return this instanceof Seen<T> seen ? seen.items() : List.of();
  }
}
