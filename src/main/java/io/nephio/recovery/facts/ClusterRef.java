package io.nephio.recovery.facts;

/** A Cluster API Cluster; namespace and name together are its key. */
public record ClusterRef(String namespace, String name) implements Comparable<ClusterRef> {
  /** The cluster that manages the others. A Cluster may have that name too, and then goes first. */
  public static final ClusterRef MANAGEMENT = new ClusterRef("default", Cluster.MANAGEMENT);

  @Override
  public int compareTo(ClusterRef other) {
    int byNamespace = namespace.compareTo(other.namespace);
    return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
