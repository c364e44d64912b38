package io.nephio.recovery.git;

import java.util.Map;

/** Who commits remediations, by the names that git itself gives these settings. */
public record Author(String name, String email, String committer, String committerEmail) {

  /** Nobody reads mail at that address. */
  public static final Author DEFAULT = of(Map.of());

  public static Author of(Map<String, String> environment) {
    String name = get(environment, "GIT_AUTHOR_NAME", "Nephio recovery operator");
    String email = get(environment, "GIT_AUTHOR_EMAIL", "recovery@nephio.invalid");
    return new Author(
        name,
        email,
        get(environment, "GIT_COMMITTER_NAME", name),
        get(environment, "GIT_COMMITTER_EMAIL", email));
  }

  private static String get(Map<String, String> environment, String variable, String otherwise) {
    String value = environment.getOrDefault(variable, "").replaceAll("[<>\\p{C}]", " ").strip();
    return value.isEmpty() ? otherwise : value;
  }
}
