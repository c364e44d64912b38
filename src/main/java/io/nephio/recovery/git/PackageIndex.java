package io.nephio.recovery.git;

import io.nephio.recovery.record.Manifests;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What stands in the files of a repository, by the id of their content: a file that did not change
 * is not read again, wherever and in whichever commit it is.
 */
final class PackageIndex {
  private static final int REMEMBERED = 50_000;

  private final Map<String, List<Manifests.Entry>> byContent =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Manifests.Entry>> eldest) {
          return size() > REMEMBERED;
        }
      };

  synchronized List<Manifests.Entry> of(String id, Supplier<String> content) {
    List<Manifests.Entry> known = byContent.get(id);
    if (known != null) {
      return known;
    }
    List<Manifests.Entry> entries = List.copyOf(Manifests.in(content.get()));
    byContent.put(id, entries);
    return entries;
  }
}
