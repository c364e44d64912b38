package io.nephio.recovery.servers;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.SocketFactory;

/**
 * The line between the operator and one server: plain HTTP/1.1 on this side, on the other side the
 * server as the given user. What is asked goes through, watches too, unless somebody cuts the line:
 * before the server has seen a request, or after it has acted and before the answer is back.
 */
public final class Line implements AutoCloseable {
  private static final Pattern UPGRADE = Pattern.compile("(?i)\r\nupgrade: *websocket\r\n");
  private static final Pattern HOST = Pattern.compile("(?i)\r\nhost:[^\r]*");
  private static final Pattern CONNECTION = Pattern.compile("(?i)\r\nconnection:[^\r]*(?=\r\n)");

  private static final String NO_SOCKETS =
      "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  private static final Cutter WHOLE = new Cutter() {};

  /** Longer than any answer takes to begin. */
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final URI server;
  private final boolean webSockets;
  private final boolean secure;
  private final SocketFactory sockets;
  private final Cutter cutter;
  private final ServerSocket here;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Phaser unanswered = new Phaser(1);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Deque<Upstream> idle = new ConcurrentLinkedDeque<>();
  private final LongAdder bytes = new LongAdder();

  /** Where a line is cut. */
  public interface Cutter {
    /** Asked before anything is passed on; false cuts it. */
    default boolean reaches(Request request) {
      return true;
    }

    /** Asked when the server begins to answer; false cuts it. */
    default boolean returns(Request request) {
      return true;
    }

    /** Asked when half of the body has been passed on; false cuts it. */
    default boolean goesOn(Request request) {
      return true;
    }

    /** What is answered in the server's place; nothing if it is asked. */
    default Optional<Reply> instead(Request request) {
      return Optional.empty();
    }
  }

  /**
   * An answer, as a proxy before the server gives it.
   *
   * @param headers whole lines
   */
  public record Reply(String status, List<String> headers, String body) {
    String text() {
      return "HTTP/1.1 "
          + status
          + "\r\n"
          + headers.stream().map(h -> h + "\r\n").collect(Collectors.joining())
          + "Content-Length: "
          + body.length()
          + "\r\nConnection: close\r\n\r\n"
          + body;
    }
  }

  /** What is asked. */
  public record Request(String method, String path, String query, String body) {
    static Request of(String head, byte[] body) {
      String[] line = head.substring(0, head.indexOf('\r')).split(" ", -1);
      String[] address = line[1].split("[?]", 2);
      return new Request(
          line[0],
          address[0],
          address.length == 1 ? "" : address[1],
          new String(body, StandardCharsets.UTF_8));
    }
  }

  private Line(String url, SocketFactory sockets, Cutter cutter, boolean webSockets) {
    this.webSockets = webSockets;
    this.server = URI.create(url);
    this.secure = url.startsWith("https:");
    this.sockets = sockets;
    this.cutter = cutter;
    try {
      here = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::listen);
  }

  /** That nobody cuts. */
  public static Line to(String url) {
    return to(url, WHOLE);
  }

  public static Line to(String url, Cutter cutter) {
    return new Line(url, SocketFactory.getDefault(), cutter, true);
  }

  /** To an API server, as the user of a kubeconfig. */
  public static Line to(KubeApiServer server, String kubeconfig, Cutter cutter) {
    return to(server.url(), kubeconfig, cutter, true);
  }

  /**
   * To an API server that watches only by plain HTTP: it answers a WebSocket's handshake as an
   * endless watch, for whose end the client would wait.
   */
  public static Line toPlain(String kubeconfig) {
    return to(Config.fromKubeconfig(kubeconfig).getMasterUrl(), kubeconfig, WHOLE, false);
  }

  private static Line to(String url, String kubeconfig, Cutter cutter, boolean webSockets) {
    try {
      Config config = Config.fromKubeconfig(kubeconfig);
      return new Line(url, SSLUtils.sslContext(config).getSocketFactory(), cutter, webSockets);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another to the same server. This one is closed, once the answers to all it passed on begin. */
  public Line next() {
    try {
      here.close();
      unanswered.awaitAdvanceInterruptibly(
          unanswered.arrive(), ANSWER.toSeconds(), TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      System.out.println(server + " does not answer what was asked");
    }
    close();
    return new Line(server.toString(), sockets, cutter, webSockets);
  }

  /** How much has gone over it, in both directions. */
  public long bytes() {
    return bytes.sum();
  }

  public String url() {
    return "http://127.0.0.1:" + here.getLocalPort();
  }

  /** By which a cluster is reached through this line. */
  public String kubeconfig() {
    return """
    apiVersion: v1
    kind: Config
    current-context: line
    contexts: [{name: line, context: {cluster: line, user: line}}]
    clusters: [{name: line, cluster: {server: "%s"}}]
    users: [{name: line, user: {}}]
    """
        .formatted(url());
  }

  private void listen() {
    while (!here.isClosed()) {
      try {
        Socket client = here.accept();
        client.setTcpNoDelay(true);
        open.add(client);
        threads.execute(() -> serve(client));
      } catch (IOException | RejectedExecutionException e) {
        // It is closed.
        return;
      }
    }
  }

  /** One request; whoever has more to ask connects again. */
  private void serve(Socket client) {
    try (client) {
      InputStream in = client.getInputStream();
      String head = head(in);
      if (!head.isEmpty()) {
        byte[] body = body(in, head);
        Request request = Request.of(head, body);
        Optional<Reply> instead = cutter.instead(request);
        if (instead.isPresent()) {
          client.getOutputStream().write(instead.get().text().getBytes(StandardCharsets.UTF_8));
        } else if (cutter.reaches(request)) {
          pass(client, head, body, request);
        }
      }
    } catch (IOException | RejectedExecutionException e) {
      // Either side has gone, and the other is told by the end of its connection.
    } finally {
      open.remove(client);
    }
  }

  private void pass(Socket client, String head, byte[] body, Request request) throws IOException {
    boolean socket = UPGRADE.matcher(head).find();
    if (socket && !webSockets) {
      client.getOutputStream().write(NO_SOCKETS.getBytes(StandardCharsets.ISO_8859_1));
      return;
    }
    Upstream upstream = socket ? connect() : upstream();
    boolean again = false;
    try {
      again =
          isAnswered(upstream, sent(head, socket), body, request)
              && answer(upstream, client, request, socket);
    } finally {
      if (again && secure && !socket) {
        idle.push(upstream);
      } else {
        open.remove(upstream.socket());
        upstream.close();
      }
    }
  }

  /** A handshake costs more than most requests do. */
  private Upstream upstream() throws IOException {
    for (Upstream kept = idle.poll(); kept != null; kept = idle.poll()) {
      if (kept.isFresh()) {
        return kept;
      }
      open.remove(kept.socket());
      kept.close();
    }
    return connect();
  }

  private Upstream connect() throws IOException {
    Socket socket = sockets.createSocket(server.getHost(), server.getPort());
    open.add(socket);
    return new Upstream(socket, bytes);
  }

  private String sent(String head, boolean socket) {
    String sent = socket ? head : CONNECTION.matcher(head).replaceAll("");
    if (!socket && !secure) {
      sent = sent.replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
    }
    // Several clusters answer on one address, and are told apart by it.
    return webSockets
        ? sent
        : HOST.matcher(sent).replaceFirst("\r\nHost: " + server.getHost() + ":" + server.getPort());
  }

  private boolean isAnswered(Upstream upstream, String head, byte[] body, Request request)
      throws IOException {
    unanswered.register();
    try {
      return ask(upstream, head, body, request) && upstream.answers() && cutter.returns(request);
    } finally {
      unanswered.arriveAndDeregister();
    }
  }

  private boolean ask(Upstream upstream, String head, byte[] body, Request request)
      throws IOException {
    OutputStream out = upstream.socket().getOutputStream();
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    int half = body.length / 2;
    out.write(body, 0, half);
    out.flush();
    if (!cutter.goesOn(request)) {
      return false;
    }
    out.write(body, half, body.length - half);
    out.flush();
    return true;
  }

  private boolean answer(Upstream upstream, Socket client, Request request, boolean socket)
      throws IOException {
    if (socket) {
      threads.execute(() -> pump(client, upstream.socket()));
    }
    return upstream.pass(client.getOutputStream(), request.method().equals("HEAD"));
  }

  private void pump(Socket from, Socket to) {
    try {
      copy(from.getInputStream(), to.getOutputStream());
    } catch (IOException e) {
      // The other direction ends with it.
    }
  }

  private void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[16_384];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      out.write(buffer, 0, read);
      bytes.add(read);
      out.flush();
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      head.append((char) c);
      if (c == '\n' && head.indexOf("\r\n\r\n", head.length() - 4) >= 0) {
        return head.toString();
      }
    }
    return "";
  }

  private static byte[] body(InputStream in, String head) throws IOException {
    Matcher length = Upstream.LENGTH.matcher(head);
    if (length.find()) {
      return in.readNBytes(Integer.parseInt(length.group(1)));
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (Upstream.CHUNKED.matcher(head).find()) {
      for (int c = in.read(); c >= 0; c = in.read()) {
        body.write(c);
        if (c == '\n' && body.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n0\r\n\r\n")) {
          break;
        }
      }
    }
    return body.toByteArray();
  }

  @Override
  public void close() {
    try {
      here.close();
      for (Socket socket : Set.copyOf(open)) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
