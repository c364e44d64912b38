package io.nephio.recovery.facts;

import java.time.Duration;
import java.time.Instant;

/** The sign of life a kubelet writes for its Node. */
public record Lease(String node, Instant renewed, Duration lasts) {
  public Instant expires() {
    return renewed.plus(lasts);
  }
}
