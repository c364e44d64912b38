package io.nephio.recovery.observe.files;

import java.util.List;

/** Input that nothing is concluded from; one line for people per problem. */
public final class BadInput extends RuntimeException {
  private final List<String> problems;

  public BadInput(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
