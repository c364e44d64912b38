package io.nephio.recovery.observe.live;

import io.nephio.recovery.facts.Fleet;

/** What can be seen of all clusters at this moment. */
public sealed interface Sight {
  record Seen(Fleet fleet) implements Sight {}

  /** Nothing may be concluded yet. */
  record Waiting(String why) implements Sight {}
}
