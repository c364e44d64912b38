package io.nephio.recovery.observe;

import io.nephio.recovery.facts.Known;
import java.util.function.Function;

/** Where the objects of one cluster come from: watches or files. */
public interface Source {

  /**
   * All of a kind, as facts; not looked at where the source does not hold that kind.
   *
   * @param reading always the same for a kind, since a source may keep what it gave
   */
  <T> Known<T> known(String group, String kind, Function<Tree, T> reading);

  /** False if there is no such kind at all, as far as is known after it was asked for. */
  default boolean serves(String group, String kind) {
    return true;
  }
}
