package io.nephio.recovery.gitea;

import java.util.function.Function;

/** What became of a call. All three are to be expected, so none is an exception. */
public sealed interface Answer<T> {
  record Ok<T>(T value) implements Answer<T> {}

  /** Repeating it does not help until somebody changes something. */
  record Refused<T>(int status, String text) implements Answer<T> {}

  /** Try again later; whether anything happened is not known. */
  record Unreachable<T>(String text) implements Answer<T> {}

  default <U> Answer<U> then(Function<T, Answer<U>> next) {
    if (this instanceof Ok<T> ok) {
      return next.apply(ok.value());
    }
    if (this instanceof Refused<T> refused) {
      return new Refused<>(refused.status(), refused.text());
    }
    return new Unreachable<>(((Unreachable<T>) this).text());
  }

  default <U> Answer<U> map(Function<T, U> change) {
    return then(value -> new Ok<>(change.apply(value)));
  }
}
