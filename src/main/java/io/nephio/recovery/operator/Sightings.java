package io.nephio.recovery.operator;

import io.nephio.recovery.api.RemediationSpec.Evidence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was last seen of what is proposed, for the pull requests that are open. */
final class Sightings {
  private static final int REMEMBERED = 1000;

  private final Map<String, List<Evidence>> byName =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Evidence>> eldest) {
          return size() > REMEMBERED;
        }
      };

  synchronized void put(String name, List<Evidence> evidence) {
    byName.put(name, List.copyOf(evidence));
  }

  /** Empty if nothing was seen since this process began. */
  synchronized Optional<List<Evidence>> of(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
