package io.nephio.recovery.facts;

import java.util.Optional;

/** The link between a pod and the Deployment, or whatever else, that made it. */
public record ReplicaSet(ObjectRef ref, Optional<Owner> controller, int replicas) {}
