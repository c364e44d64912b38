package io.nephio.recovery.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time of the API server, which stamps everything that is judged here. This machine's own clock
 * may be wrong: by one that runs ahead all failures are old and nothing that is made after an act
 * is younger than it.
 */
final class ServerClock implements InstantSource, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServerClock.class);
  private static final Duration PACE = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** The server tells whole seconds, and takes some time to tell them. */
  private static final Duration TOLERATED = Duration.ofSeconds(3);

  private final KubernetesClient client;
  private final InstantSource own;
  private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
  private volatile Duration offset = Duration.ZERO;

  private ServerClock(KubernetesClient client, InstantSource own) {
    this.client = client;
    this.own = own;
  }

  /** Asks now, and then now and then; while there is no answer the last one counts. */
  static ServerClock start(KubernetesClient client, InstantSource own) {
    ServerClock clock = new ServerClock(client, own);
    clock.ask();
    long seconds = PACE.toSeconds();
    var unused = clock.pace.scheduleWithFixedDelay(clock::ask, seconds, seconds, TimeUnit.SECONDS);
    return clock;
  }

  @Override
  public Instant instant() {
    return own.instant().plus(offset);
  }

  private void ask() {
    Instant before = own.instant();
    try {
      var http = client.getHttpClient();
      HttpResponse<String> answer =
          http.sendAsync(
                  http.newHttpRequestBuilder().uri(client.getMasterUrl() + "version").build(),
                  String.class)
              .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      String date = answer.header("Date");
      if (date != null) {
        told(offset(date, before, own.instant()));
      }
    } catch (ExecutionException | TimeoutException | DateTimeException e) {
      LOG.debug("the API server's time cannot be read: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Of what the server said between these two instants. */
  static Duration offset(String date, Instant before, Instant after) {
    Instant server =
        ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant().plusMillis(500);
    Instant middle = before.plus(Duration.between(before, after).dividedBy(2));
    Duration found = Duration.between(middle, server);
    return found.abs().compareTo(TOLERATED) <= 0 ? Duration.ZERO : found;
  }

  private void told(Duration found) {
    if (found.minus(offset).abs().compareTo(TOLERATED) > 0) {
      LOG.warn("this machine's clock is {} off the API server's, which counts", found.abs());
    }
    offset = found;
  }

  @Override
  public void close() {
    pace.shutdownNow();
  }
}
