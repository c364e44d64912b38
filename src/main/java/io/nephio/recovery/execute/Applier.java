package io.nephio.recovery.execute;

/**
 * An object of a GitOps engine that applies the folder of a package to the cluster it is in.
 *
 * @param who the engine and its object
 * @param applied the last commit it applied whole; empty if none yet
 * @param problem what it says holds it back; empty if nothing
 */
record Applier(String who, String applied, String problem) {}
