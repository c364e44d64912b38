package io.nephio.recovery.operator;

import io.nephio.recovery.gitea.Answer;

/** Answers of the Git server that are not what was hoped for, in words. */
final class Answers {
  private Answers() {}

  static String text(Answer<?> answer) {
    if (answer instanceof Answer.Refused<?> refused) {
      return refused.text();
    }
    return answer instanceof Answer.Unreachable<?> unreachable ? unreachable.text() : "";
  }
}
