package io.nephio.recovery.fn;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** What a kpt function in Java at least does: start, and copy its input to its output. */
final class CopyProgram {
  private CopyProgram() {}

  public static void main(String[] arguments) throws IOException {
    byte[] bytes = new byte[1 << 16];
    int length = 0;
    try (FileInputStream in = new FileInputStream(FileDescriptor.in);
        FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
      for (int more; (more = in.read(bytes, length, bytes.length - length)) >= 0; length += more) {
        if (length + more == bytes.length) {
          bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
      }
      out.write(bytes, 0, length);
    }
  }
}
