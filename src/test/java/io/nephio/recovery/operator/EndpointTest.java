package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicBoolean ready = new AtomicBoolean();
  private Endpoint endpoint;

  @BeforeEach
  void listen() throws IOException {
    endpoint =
        Endpoint.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), meters, ready::get);
  }

  @AfterEach
  void close() {
    endpoint.close();
  }

  @ParameterizedTest
  @CsvSource({
    "false, /healthz, 200, ok",
    "false, /readyz, 503, starting",
    "true, /readyz, 200, ok",
    "true, /metrics, 200, machine_deleted_total 1.0",
    "true, /other, 404, Not Found",
  })
  void tellsHowItIs(boolean isReady, String path, int status, String text) throws Exception {
    meters.counter("machine.deleted").increment();
    ready.set(isReady);

    HttpResponse<String> response = get(path);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).contains(text);
  }

  /** Whoever holds a connection up must not get the pod killed. */
  @Test
  void aSlowClientHoldsUpNobodyElse() throws Exception {
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), endpoint.port())) {
      slow.getOutputStream().write("GET /met".getBytes(StandardCharsets.US_ASCII));
      slow.getOutputStream().flush();

      for (int i = 0; i < 5; i++) {
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
      }
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + endpoint.port() + path);
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
