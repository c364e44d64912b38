package io.nephio.recovery.observe;

import io.nephio.recovery.facts.Known;
import java.util.ArrayList;
import java.util.List;
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

  /**
   * Several kinds as one: not looked at while one of them that is served is not seen, or what is of
   * that kind would be taken to be gone.
   */
  default <T> Known<T> together(
      String group, List<String> kinds, Function<String, Known<T>> known) {
    List<T> all = new ArrayList<>();
    boolean any = false;
    for (String kind : kinds) {
      if (known.apply(kind) instanceof Known.Seen<T> seen) {
        any = true;
        all.addAll(seen.items());
      } else if (serves(group, kind)) {
        return new Known.NotLooked<>();
      }
    }
    return any ? new Known.Seen<>(all) : new Known.NotLooked<>();
  }
}
