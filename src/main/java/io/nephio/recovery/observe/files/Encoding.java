package io.nephio.recovery.observe.files;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Text as kubectl and PowerShell write it: UTF-8, or UTF-16 in either order. */
public final class Encoding {
  private Encoding() {}

  /**
   * The text, without a byte order mark.
   *
   * @throws CharacterCodingException if it is neither
   */
  public static String decode(byte[] bytes) throws CharacterCodingException {
    String text = charset(bytes).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static Charset charset(byte[] bytes) {
    if (bytes.length >= 2) {
      int first = bytes[0] & 0xFF;
      int second = bytes[1] & 0xFF;
      if ((first == 0xFF && second == 0xFE) || (first != 0 && second == 0)) {
        return StandardCharsets.UTF_16LE;
      }
      if ((first == 0xFE && second == 0xFF) || (first == 0 && second != 0)) {
        return StandardCharsets.UTF_16BE;
      }
    }
    return StandardCharsets.UTF_8;
  }
}
