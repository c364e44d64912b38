package io.nephio.recovery.rules;

import java.util.List;
import java.util.Set;

/** One entry of a policy's approvals. */
record Approval(Tree fields) {
  boolean observes() {
    return fields.text("mode").equals("Observe");
  }

  boolean everything() {
    return actions().isEmpty()
        && namespaces().isEmpty()
        && Selector.of(fields.tree("clusterSelector")).everything()
        && !hasMachines();
  }

  boolean hasNamespaces() {
    return !namespaces().isEmpty();
  }

  /** Even an empty selector leaves out what has no Machine. */
  boolean hasMachines() {
    return fields.has("machineSelector");
  }

  boolean onlyOf(Set<String> some) {
    return !actions().isEmpty() && some.containsAll(actions());
  }

  /** Whether this entry has decided whatever the later one would match. */
  boolean covers(Approval later) {
    boolean actions =
        actions().isEmpty()
            || (!later.actions().isEmpty() && actions().containsAll(later.actions()));
    boolean namespaces =
        namespaces().isEmpty()
            || (!later.namespaces().isEmpty() && namespaces().containsAll(later.namespaces()));
    boolean machines = !hasMachines() || (later.hasMachines() && covers("machineSelector", later));
    return actions && namespaces && machines && covers("clusterSelector", later);
  }

  private boolean covers(String selector, Approval later) {
    return Selector.of(fields.tree(selector)).covers(Selector.of(later.fields.tree(selector)));
  }

  private List<String> actions() {
    return fields.texts("actions");
  }

  private List<String> namespaces() {
    return fields.texts("namespaces");
  }
}
