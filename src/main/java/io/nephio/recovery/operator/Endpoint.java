package io.nephio.recovery.operator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** {@code /metrics} for Prometheus, {@code /healthz} and {@code /readyz} for probes. */
public final class Endpoint implements AutoCloseable {
  /** One thread would let a client that sends slowly hold up the probes of the kubelet. */
  private static final int AT_ONCE = 4;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);

  private Endpoint(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
  }

  /**
   * Starts to listen.
   *
   * @throws IOException if the address cannot be listened on
   */
  public static Endpoint start(
      InetSocketAddress address, PrometheusMeterRegistry meters, BooleanSupplier ready)
      throws IOException {
    HttpServer server = HttpServer.create(address, 0);
    server.createContext("/metrics", exchange -> answer(exchange, 200, meters::scrape));
    server.createContext("/healthz", exchange -> answer(exchange, 200, () -> "ok"));
    server.createContext(
        "/readyz",
        exchange -> {
          boolean isReady = ready.getAsBoolean();
          answer(exchange, isReady ? 200 : 503, () -> isReady ? "ok" : "starting");
        });
    Endpoint endpoint = new Endpoint(server);
    server.start();
    return endpoint;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, int status, Supplier<String> text)
      throws IOException {
    try (exchange) {
      byte[] body = (text.get() + "\n").getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
