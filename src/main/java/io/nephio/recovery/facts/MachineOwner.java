package io.nephio.recovery.facts;

import java.util.List;

/**
 * A MachineDeployment, MachineSet or MachinePool.
 *
 * @param rollingOut whether it replaces Machines of an older template
 * @param makesNone whether it was told not to make new Machines
 * @param nodes of a MachinePool, by name; none for the others
 */
public record MachineOwner(
    ObjectRef ref, boolean paused, boolean rollingOut, boolean makesNone, List<String> nodes) {
  public MachineOwner {
    nodes = List.copyOf(nodes);
  }

  public boolean is(Owner owner) {
    return ref.kind().equals(owner.kind())
        && ref.name().equals(owner.name())
        && owner.namespace().equals(ref.namespace());
  }
}
