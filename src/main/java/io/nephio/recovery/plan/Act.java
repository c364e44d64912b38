package io.nephio.recovery.plan;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.facts.Machine;
import io.nephio.recovery.facts.ObjectRef;
import java.util.Optional;

/**
 * What would be done.
 *
 * @param target what fails, as a person names it
 * @param machine what is deleted, where a Machine is replaced
 */
public record Act(Action action, ObjectRef target, Optional<Machine> machine) {

  static Act none(ObjectRef target) {
    return new Act(Action.None, target, Optional.empty());
  }
}
