package io.nephio.recovery.rules;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A record as the operator writes it. A reviewer may set action None, an earlier expiresAt and any
 * note; whatever else they change makes the operator refuse the merge, and much of it shows here
 * already, before the merge.
 */
final class Records {
  private static final String LOCAL = "config.kubernetes.io/local-config";

  private record Fit(Set<String> kinds, Set<String> failures, boolean edits) {}

  private static final Set<String> WORKLOADS =
      Set.of("Deployment", "StatefulSet", "DaemonSet", "Rollout");

  private static final Map<String, Fit> FITS =
      Map.of(
          "ReplaceMachine", new Fit(Set.of("Machine", "Node"), Set.of("Machine"), false),
          "ReplaceNode", new Fit(Set.of("Node", "Machine"), Set.of("Machine"), false),
          "DrainNode", new Fit(Set.of("Node"), Set.of("Pressure", "Network"), false),
          "DeletePod", new Fit(Set.of("Pod"), Set.of("Crash", "Rollout"), false),
          "RestartRollout", new Fit(WORKLOADS, Set.of("Rollout", "Crash"), true),
          "ReapplyCrd", new Fit(Set.of("CustomResourceDefinition"), Set.of("Crd"), true));

  private Records() {}

  static void check(Subject subject) {
    Problems problems = subject.problems();
    Tree spec = subject.spec();
    name(subject, spec, problems);
    String namespace = spec.text("policy", "namespace");
    if (!subject.namespace().isEmpty() && !subject.namespace().equals(namespace)) {
      problems.add(
          Rule.RECORD_NAMESPACE,
          Field.of("metadata", "namespace"),
          "is not that of the policy: write " + namespace,
          subject.namespace(),
          namespace);
    }
    if (!"true".equals(subject.object().get("metadata", "annotations", LOCAL))) {
      problems.add(
          Rule.RECORD_NOT_LOCAL,
          Field.of("metadata", "annotations").child(LOCAL),
          "must be 'true', else Config Sync and Flux apply the record as if it were the ledger",
          subject.object().get("metadata", "annotations", LOCAL),
          "true");
    }
    times(spec, problems);
    target(spec, problems);
    edit(spec, problems);
  }

  private static void name(Subject subject, Tree spec, Problems problems) {
    Number attempt = (Number) spec.get("attempt");
    boolean first = attempt == null || attempt.longValue() == 1;
    String end = "-" + spec.text("fingerprint") + (first ? "" : "-a" + attempt);
    if (!subject.name().endsWith(end)) {
      problems.add(
          Rule.RECORD_NAME,
          Field.of("metadata", "name"),
          "must end with "
              + end
              + ", its fingerprint and attempt: undo the change; only action None, an earlier"
              + " expiresAt and the note are yours to change",
          subject.name());
    }
  }

  private static void times(Tree spec, Problems problems) {
    Instant failing = Times.instant(spec.get("failingSince"));
    Instant proposed = Times.instant(spec.get("proposedAt"));
    Instant expires = Times.instant(spec.get("expiresAt"));
    for (String field : new String[] {"failingSince", "proposedAt", "expiresAt"}) {
      readable(spec.get(field), Field.of("spec", field), problems);
    }
    List<Tree> evidence = spec.trees("evidence");
    for (int i = 0; i < evidence.size(); i++) {
      if (evidence.get(i).has("since")) {
        Field field = Field.of("spec", "evidence", i, "since");
        readable(evidence.get(i).get("since"), field, problems);
      }
    }
    later(problems, "proposedAt", proposed, "failingSince", failing);
    later(problems, "expiresAt", expires, "proposedAt", proposed);
  }

  /** The API server takes some that are none, even lists. */
  private static void readable(@Nullable Object value, Field field, Problems problems) {
    if (Times.instant(value) == null) {
      problems.add(
          Rule.RECORD_TIMES,
          field,
          "must be a time like 2026-01-31T12:00:00Z, with seconds and time zone",
          value);
    }
  }

  private static void later(
      Problems problems,
      String field,
      @Nullable Instant late,
      String before,
      @Nullable Instant early) {
    if (late != null && early != null && late.isBefore(early)) {
      problems.add(
          Rule.RECORD_TIMES,
          Field.of("spec", field),
          "is before " + before + " (" + early + "): undo the change",
          late.toString());
    }
  }

  private static void target(Tree spec, Problems problems) {
    Fit fit = FITS.get(spec.text("action"));
    if (fit == null) {
      return;
    }
    String kind = spec.text("target", "kind");
    if (!fit.kinds().contains(kind)) {
      problems.add(
          Rule.RECORD_TARGET,
          Field.of("spec", "action"),
          spec.text("action")
              + " is nothing that is done to a "
              + kind
              + ": only None may be written"
              + " instead of what was proposed",
          spec.text("action"),
          "None");
    } else if (!fit.failures().contains(spec.text("failureClass"))) {
      problems.add(
          Rule.RECORD_TARGET,
          Field.of("spec", "failureClass"),
          spec.text("failureClass")
              + " is not cured by "
              + spec.text("action")
              + ": undo the change; only action None, an earlier expiresAt and the note are yours",
          spec.text("failureClass"));
    }
  }

  private static void edit(Tree spec, Problems problems) {
    Fit fit = FITS.get(spec.text("action"));
    if (!spec.has("edit")) {
      return;
    }
    if (fit != null && !fit.edits()) {
      problems.add(
          Rule.RECORD_EDIT,
          Field.of("spec", "edit"),
          spec.text("action") + " edits no package: remove it",
          null);
    }
    String directory = spec.text("edit", "package");
    String path = spec.text("edit", "path");
    boolean inside =
        directory.isEmpty() || directory.equals(".") || path.startsWith(directory + "/");
    if (!inside || isOutside(path) || isOutside(directory)) {
      problems.add(
          Rule.RECORD_EDIT,
          Field.of("spec", "edit", "path"),
          Text.quoted(path)
              + " does not lie in the package "
              + Text.quoted(directory)
              + ": undo it",
          path);
    }
  }

  private static boolean isOutside(String path) {
    return path.startsWith("/") || ("/" + path + "/").contains("/../");
  }
}
