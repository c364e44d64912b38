package io.nephio.recovery.plan;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.judge.Scene;
import java.util.Optional;

/** What stands against applying something again that no package holds. */
record ManifestRule(Restorable packages) implements Rule {

  @Override
  public Optional<Objection> object(Scene scene, Incident incident, Act act) {
    if (act.action() != Action.ReapplyCrd) {
      return Optional.empty();
    }
    String name = act.target().name();
    return packages
        .obstacle(scene.cluster(), act.target())
        .flatMap(
            why ->
                Objection.never(
                    why
                        + ": reinstall what brings it (group "
                        + name.substring(name.indexOf('.') + 1)
                        + ")"));
  }
}
