package io.nephio.recovery.gitea;

import java.util.List;

/**
 * What the list of issues tells of an open pull request, which costs Gitea little.
 *
 * @param user who opened it
 * @param text all of it: as long as it stays the same, only commits can have changed
 */
public record Glance(long number, String user, List<String> labels, String text) {}
