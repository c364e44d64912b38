package io.nephio.recovery.git;

import io.nephio.recovery.api.Bounds;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The one server that holds every repository, and the credential for it. Repositories are named
 * {@code owner/name} and never by an address, so that the credential can go nowhere else.
 */
public record GitServer(URI url, Credential credential, Trust trust, Calls calls, Pause pause) {
  private static final Pattern REPOSITORY =
      Pattern.compile("(?![.]{1,2}/)[A-Za-z0-9._-]{1,100}/(?![.]{1,2}$)[A-Za-z0-9._-]{1,100}");
  private static final Pattern UNPRINTABLE = Pattern.compile("\\x1b\\[[0-9;]*[A-Za-z]|\\p{C}");
  private static final int LONGEST_TEXT = 500;

  public record Credential(String username, String password) {
    /** What an answer may repeat of it: as it is, in an address and in a header. */
    private List<String> forms() {
      if (password.isEmpty()) {
        return List.of();
      }
      String encoded = URLEncoder.encode(password, StandardCharsets.UTF_8);
      String path = encoded.replace("+", "%20");
      return Stream.of(basic(password), basic(encoded), basic(path), encoded, path, password)
          .distinct()
          .sorted(Comparator.comparingInt(String::length).reversed())
          .toList();
    }

    private String basic(String secret) {
      String pair = username + ":" + secret;
      return Base64.getEncoder()
          .withoutPadding()
          .encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
      return "Credential[" + username + "]";
    }
  }

  public GitServer {
    if (url.getHost() == null || !("http".equals(url.getScheme()) || isTls(url))) {
      throw new IllegalArgumentException("the git server needs an http or https address");
    }
    if (url.getRawUserInfo() != null) {
      throw new IllegalArgumentException("the git server's address must not hold a credential");
    }
    url = URI.create(url.toString().replaceAll("/+$", ""));
  }

  public static GitServer of(String url, Credential credential) {
    try {
      return new GitServer(
          URI.create(url.strip()),
          credential,
          Trust.SYSTEM,
          Calls.UNCOUNTED,
          new Pause(InstantSource.system()));
    } catch (IllegalArgumentException e) {
      // Without the cause: a malformed address may hold a password, and its parser quotes it.
      throw new IllegalArgumentException("the git server needs an http or https address, alone");
    }
  }

  /** The same, and every call to it is told of. */
  public GitServer counted(Calls told) {
    return new GitServer(url, credential, trust, told, pause);
  }

  /** The same, whose certificate may be of these authorities. */
  public GitServer trusting(Trust authorities) {
    return new GitServer(url, credential, authorities, calls, pause);
  }

  /** The repository's name, if it is one. */
  public static String repository(String name) {
    if (!REPOSITORY.matcher(name).matches()) {
      throw new IllegalArgumentException("a repository is named owner/name, not " + name);
    }
    return name;
  }

  /** What a server said, fit for a log, a condition or a pull request. */
  public String told(String raw) {
    String text = raw;
    for (String secret : credential.forms()) {
      text = text.replace(secret, "***");
    }
    text = UNPRINTABLE.matcher(text).replaceAll(" ").replaceAll("\\s+", " ").strip();
    return Bounds.cut(text, LONGEST_TEXT);
  }

  private static boolean isTls(URI url) {
    return "https".equals(url.getScheme());
  }
}
