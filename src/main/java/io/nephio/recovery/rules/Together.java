package io.nephio.recovery.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What only shows with several objects side by side. */
final class Together {
  /** Pairs are compared, so their number is bounded; nobody has this many policies. */
  private static final int MOST = 500;

  private Together() {}

  static void check(List<Subject> subjects) {
    twice(subjects);
    List<Subject> policies = new ArrayList<>();
    for (Subject subject : subjects) {
      if (subject.kind().equals(Kinds.POLICY) && policies.size() < MOST) {
        policies.add(subject);
      }
    }
    for (int i = 0; i < policies.size(); i++) {
      for (int j = 0; j < i; j++) {
        overlap(policies.get(j), policies.get(i));
      }
    }
    Map<String, Subject> byName = new HashMap<>();
    for (Subject policy : policies) {
      byName.put(policy.id(), policy);
    }
    for (Subject record : subjects) {
      if (record.kind().equals(Kinds.REMEDIATION)) {
        String policy = record.spec().text("policy", "name");
        Subject named = byName.get(record.spec().text("policy", "namespace") + "/" + policy);
        beyond(record, named == null ? byName.get(policy) : named);
      }
    }
  }

  private static void twice(List<Subject> subjects) {
    Set<String> seen = new HashSet<>();
    for (Subject subject : subjects) {
      if (!seen.add(subject.kind() + " " + subject.id())) {
        subject
            .problems()
            .add(
                Rule.SAME_OBJECT_TWICE,
                Field.of("metadata", "name"),
                "is there twice, and the second would overwrite the first: rename or remove one",
                subject.name());
      }
    }
  }

  private static void overlap(Subject first, Subject second) {
    if (first.id().equals(second.id()) || !namespacesMeet(first, second)) {
      return;
    }
    Tree one = first.spec().tree("clusterSelector");
    Tree other = second.spec().tree("clusterSelector");
    if (!Selector.both(one, other).possible()) {
      return;
    }
    Selector ours = Selector.of(one);
    Selector theirs = Selector.of(other);
    boolean whole =
        (ours.covers(theirs) && namespacesCover(first, second))
            || (theirs.covers(ours) && namespacesCover(second, first));
    second
        .problems()
        .add(
            whole ? Rule.SAME_CLUSTERS : Rule.CLUSTERS_OVERLAP,
            Field.of("spec", "clusterSelector"),
            (whole
                    ? "selects the same clusters as"
                    : "may select a cluster that is also selected by")
                + " ClusterPolicy "
                + first.id()
                + ", and only the older of the two is obeyed there: write labels that exclude each"
                + " other",
            null);
  }

  private static boolean namespacesMeet(Subject first, Subject second) {
    Set<String> one = namespaces(first);
    Set<String> other = namespaces(second);
    return one.contains("*") || other.contains("*") || !Collections.disjoint(one, other);
  }

  private static boolean namespacesCover(Subject wide, Subject narrow) {
    Set<String> namespaces = namespaces(wide);
    return namespaces.contains("*") || namespaces.containsAll(namespaces(narrow));
  }

  private static Set<String> namespaces(Subject policy) {
    List<String> given = policy.spec().texts("clusterNamespaces");
    return given.isEmpty() ? Set.of(policy.namespace()) : new HashSet<>(given);
  }

  private static void beyond(Subject record, @Nullable Subject policy) {
    Instant proposed = Times.instant(record.spec().get("proposedAt"));
    Instant expires = Times.instant(record.spec().get("expiresAt"));
    if (policy == null || proposed == null || expires == null) {
      return;
    }
    Duration most = policy.spec().length("proposalTTL");
    if (Duration.between(proposed, expires).compareTo(most) > 0) {
      record
          .problems()
          .add(
              Rule.RECORD_BEYOND_POLICY,
              Field.of("spec", "expiresAt"),
              "is later than the policy's proposalTTL (%s) allows: only an earlier time may be written"
                  .formatted(policy.spec().text("proposalTTL")),
              expires.toString(),
              proposed.plus(most).toString());
    }
  }
}
