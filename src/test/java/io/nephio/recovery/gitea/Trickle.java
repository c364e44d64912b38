package io.nephio.recovery.gitea;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers everything with 200 and then with a byte now and then, for ever. */
final class Trickle implements AutoCloseable {
  private static final String HEAD =
      String.join(
          "\r\n",
          "HTTP/1.1 200 OK",
          "Content-Type: application/x-git-upload-pack-advertisement",
          "Content-Length: 1000000",
          "",
          "001e# service=git-upload-pack\n0000fff0");

  private final ServerSocket here = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
  private final AtomicInteger sent = new AtomicInteger();
  private final ScheduledExecutorService drops = Executors.newSingleThreadScheduledExecutor();

  Trickle() throws IOException {
    Thread listening = new Thread(this::listen, "trickle");
    listening.setDaemon(true);
    listening.start();
    var unused = drops.scheduleAtFixedRate(this::drop, 50, 50, TimeUnit.MILLISECONDS);
  }

  String url() {
    return "http://127.0.0.1:" + here.getLocalPort();
  }

  int sent() {
    return sent.get();
  }

  private void listen() {
    while (!here.isClosed()) {
      try {
        Socket client = here.accept();
        client.getOutputStream().write(HEAD.getBytes(StandardCharsets.ISO_8859_1));
        open.add(client);
      } catch (IOException e) {
        return;
      }
    }
  }

  private void drop() {
    open.removeIf(client -> !drop(client));
  }

  private boolean drop(Socket client) {
    try {
      client.getOutputStream().write(' ');
      sent.incrementAndGet();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    drops.shutdownNow();
    here.close();
    for (Socket client : open) {
      client.close();
    }
  }
}
