package io.nephio.recovery.gitea;

import java.util.Map;

/**
 * A label of pull requests.
 *
 * @param colour as Gitea writes it
 * @param description for people who choose one
 */
public record Label(String name, String colour, String description) {
  Map<String, String> wanted() {
    return Map.of("name", name, "color", colour, "description", description);
  }
}
