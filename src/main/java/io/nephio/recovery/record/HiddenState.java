package io.nephio.recovery.record;

import io.nephio.recovery.api.RemediationSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line at the end of a body that nobody sees. It holds a digest of all above it: where that is
 * wrong a person has edited the body, and it is theirs from then on.
 */
final class HiddenState {
  private static final Pattern LINE =
      Pattern.compile("<!-- recovery-state:\\{[^\\n]*\"body\":\"([0-9a-f]{16})\"} -->\\s*$");

  private HiddenState() {}

  static String added(String visible, String name, RemediationSpec spec) {
    return visible
        + "<!-- recovery-state:{\"v\":1,\"name\":\""
        + name
        + "\",\"fingerprint\":\""
        + spec.fingerprint()
        + "\",\"attempt\":"
        + spec.attempt()
        + ",\"body\":\""
        + digest(visible)
        + "\"} -->\n";
  }

  static boolean isUntouched(String body) {
    String text = body.replace("\r\n", "\n");
    Matcher line = LINE.matcher(text);
    return line.find() && line.group(1).equals(digest(text.substring(0, line.start())));
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
