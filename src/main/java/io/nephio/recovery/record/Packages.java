package io.nephio.recovery.record;

import io.nephio.recovery.facts.ObjectRef;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The packages of one repository, at the commit that a proposal is built on. */
public interface Packages {

  /** Every place that holds a manifest of this kind, namespace and name. */
  List<Manifest> find(ObjectRef object);

  /** Why a file that may hold it cannot be read, by path. */
  SortedMap<String, String> unread(ObjectRef object);

  /** The text of a file, or nothing where there is no such file. */
  Optional<String> read(String path);
}
