package io.nephio.recovery.git;

import io.nephio.recovery.record.Manifests;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What stands in the files of a repository, by the id of their content: a file that did not change
 * is not read again, wherever and in whichever commit it is.
 */
final class PackageIndex {
  private static final int REMEMBERED = 50_000;

  private final Map<String, Manifests.Content> byContent =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Manifests.Content> eldest) {
          return size() > REMEMBERED;
        }
      };

  synchronized Manifests.Content of(String id, Supplier<Manifests.Content> content) {
    Manifests.Content known = byContent.get(id);
    if (known != null) {
      return known;
    }
    Manifests.Content read = content.get();
    byContent.put(id, read);
    return read;
  }
}
