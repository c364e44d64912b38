package io.nephio.recovery.servers;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connection to a server, of which one answer after the other is passed on. Each answer tells its
 * reader that it is the last on its side of the line.
 */
final class Upstream implements AutoCloseable {
  private static final Pattern STATUS = Pattern.compile("HTTP/1[.]1 ([0-9]{3}).*", Pattern.DOTALL);
  static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)\r\n");
  static final Pattern CHUNKED = Pattern.compile("(?i)\r\ntransfer-encoding: *chunked\r\n");
  private static final Pattern CLOSE = Pattern.compile("(?i)\r\nconnection: *close\r\n");
  private static final int SWITCHING = 101;

  private static final Duration FRESH = Duration.ofSeconds(5);

  private final Socket socket;
  private final InputStream in;
  private final LongAdder bytes;
  private volatile long last = System.nanoTime();

  /**
   * One that is open.
   *
   * @param bytes counts what is passed on
   */
  Upstream(Socket socket, LongAdder bytes) throws IOException {
    this.socket = socket;
    this.bytes = bytes;
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 16_384);
  }

  Socket socket() {
    return socket;
  }

  /** Whether it was used so lately that the server cannot have given it up. */
  boolean isFresh() {
    return System.nanoTime() - last < FRESH.toNanos();
  }

  /** Waits for an answer. */
  boolean answers() throws IOException {
    in.mark(1);
    boolean any = in.read() >= 0;
    in.reset();
    return any;
  }

  /**
   * Passes one answer on; whether the connection can be asked again.
   *
   * @param bare whether it has no body whatever its head says
   */
  boolean pass(OutputStream out, boolean bare) throws IOException {
    String head = head();
    Matcher status = STATUS.matcher(head);
    int code = status.matches() ? Integer.parseInt(status.group(1)) : 0;
    boolean closes = code == 0 || code == SWITCHING || CLOSE.matcher(head).find();
    String told =
        closes ? head : head.substring(0, head.length() - 2) + "Connection: close\r\n\r\n";
    out.write(told.getBytes(StandardCharsets.ISO_8859_1));
    Matcher length = LENGTH.matcher(head);
    boolean ends = true;
    if (bare || code == 204 || code == 304) {
      out.flush();
    } else if (CHUNKED.matcher(head).find()) {
      chunks(out);
    } else if (length.find()) {
      copy(out, Long.parseLong(length.group(1)));
    } else {
      ends = false;
      copy(out, Long.MAX_VALUE);
    }
    last = System.nanoTime();
    return ends && !closes;
  }

  private void chunks(OutputStream out) throws IOException {
    while (true) {
      String size = line();
      out.write(size.getBytes(StandardCharsets.ISO_8859_1));
      long length = Long.parseLong(size.strip().split(";", 2)[0], 16);
      if (length == 0) {
        break;
      }
      copy(out, length + 2);
    }
    String trailer;
    do {
      trailer = line();
      out.write(trailer.getBytes(StandardCharsets.ISO_8859_1));
    } while (!trailer.equals("\r\n"));
    out.flush();
  }

  private void copy(OutputStream out, long length) throws IOException {
    byte[] buffer = new byte[16_384];
    long left = length;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        if (length == Long.MAX_VALUE) {
          return;
        }
        throw new EOFException();
      }
      out.write(buffer, 0, read);
      out.flush();
      bytes.add(read);
      left -= read;
    }
    out.flush();
  }

  private String head() throws IOException {
    StringBuilder head = new StringBuilder();
    String line;
    do {
      line = line();
      head.append(line);
    } while (!line.equals("\r\n"));
    return head.toString();
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      line.append((char) c);
    }
    return line.append('\n').toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
