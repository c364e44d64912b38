package io.nephio.recovery.record;

/**
 * A manifest's place in a repository.
 *
 * @param pkg the folder of its package; "." for the root
 */
public record Manifest(String path, String pkg, Manifests.Entry entry) {}
