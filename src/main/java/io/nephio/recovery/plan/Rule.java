package io.nephio.recovery.plan;

import io.nephio.recovery.judge.Scene;
import java.util.Optional;

/** Objections of one kind to an act that would end an incident. */
interface Rule {
  Optional<Objection> object(Scene scene, Incident incident, Act act);
}
