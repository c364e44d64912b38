package io.nephio.recovery.git;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;

/**
 * An exchange that broke off, and what that says. JGit throws one exception with a text for nearly
 * everything, so the kind comes from the HTTP status and the root cause, never from the text.
 */
final class Fault extends IOException {
  enum Kind {
    /** Nobody there, or not now. */
    NETWORK,
    TLS,
    CREDENTIAL,
    /** A page, not git. */
    NOT_GIT,
    /** The server said no, and only its API says why. */
    REFUSED,
    /** The server was content and we were not: the cache lacks something. */
    DAMAGE
  }

  private final Kind kind;

  private Fault(Kind kind, Throwable cause) {
    super(text(cause), cause);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  /**
   * In one word, for those who count; with the status where that is what was said.
   *
   * @param answer the last of the exchange
   */
  String outcome(Answers.Last answer) {
    return switch (kind) {
      case REFUSED -> "refused-" + answer.status();
      case NETWORK ->
          in(this, InterruptedIOException.class)
              ? "timeout"
              : isLater(answer.status()) ? "unavailable-" + answer.status() : "unreachable";
      case TLS, CREDENTIAL, NOT_GIT, DAMAGE -> kind.name().toLowerCase(Locale.ROOT);
    };
  }

  static Fault damage(String text) {
    return new Fault(Kind.DAMAGE, new IOException(text));
  }

  /** The server was not asked. */
  static Fault paused(String text) {
    return new Fault(Kind.NETWORK, new IOException(text));
  }

  static Fault of(Throwable thrown, Answers.Last answer) {
    if (thrown instanceof Fault fault) {
      return fault;
    }
    if (in(thrown, MissingObjectException.class) || in(thrown, CorruptObjectException.class)) {
      return new Fault(Kind.DAMAGE, thrown);
    }
    if (in(thrown, SSLException.class)) {
      return new Fault(Kind.TLS, thrown);
    }
    return new Fault(isNetwork(thrown) ? Kind.NETWORK : byAnswer(answer), thrown);
  }

  private static Kind byAnswer(Answers.Last answer) {
    return switch (answer.status()) {
      case 0 -> Kind.DAMAGE;
      case 401 -> Kind.CREDENTIAL;
      case 200 -> answer.isGit() ? Kind.DAMAGE : Kind.NOT_GIT;
      default -> isLater(answer.status()) ? Kind.NETWORK : Kind.REFUSED;
    };
  }

  private static boolean isLater(int status) {
    return status >= 500 || status == 429 || status == 408;
  }

  private static boolean isNetwork(Throwable thrown) {
    return in(thrown, SocketException.class)
        || in(thrown, InterruptedIOException.class)
        || in(thrown, UnknownHostException.class)
        || in(thrown, EOFException.class);
  }

  private static boolean in(Throwable thrown, Class<? extends Throwable> type) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return true;
      }
    }
    return false;
  }

  private static String text(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String first = String.valueOf(thrown.getMessage());
    String last = String.valueOf(root.getMessage());
    return first.contains(last) ? first : first + ": " + last;
  }
}
