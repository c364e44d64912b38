package io.nephio.recovery.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nephio.recovery.servers.AuditEntry;
import io.nephio.recovery.servers.KubeApiServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Holds what the operator's account asked of a management cluster against what deploy/base grants
 * it. For the end of the stories of a class, when the operator is stopped.
 */
public final class RbacAudit {
  private static final int FORBIDDEN = 403;

  /** To a server-side apply: the API server asked whether the user may create, too. */
  private static final int CREATED = 201;

  private RbacAudit() {}

  /** It was told no nowhere, and what it was allowed is our grant, not somebody else's. */
  public static void nothingWasRefused(KubeApiServer management) {
    List<Grant> grants = Grant.shipped();
    List<AuditEntry> asked = asked(management);
    assertThat(asked).as("requests of %s", Shipped.USER).isNotEmpty();
    assertThat(told(asked, e -> e.code() == FORBIDDEN)).as("refused").isEmpty();
    assertThat(told(asked, e -> !everyoneMay(e) && grants.stream().noneMatch(g -> g.allows(e))))
        .as("asked for, but not granted by deploy/base")
        .isEmpty();
  }

  /** A watch is in the audit log when it has ended, so the last of them take a moment. */
  public static void everythingGrantedWasUsed(KubeApiServer management) {
    await("every grant of deploy/base was used")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(() -> assertThat(unused(management)).isEmpty());
  }

  private static List<Grant> unused(KubeApiServer management) {
    List<Grant> all = Grant.shipped();
    List<Grant> unused = new ArrayList<>(all);
    for (AuditEntry entry : asked(management)) {
      all.stream().filter(g -> g.allows(entry)).findFirst().ifPresent(unused::remove);
      if (entry.code() == CREATED && entry.verb().equals("patch")) {
        unused.removeIf(g -> g.resource().equals(entry.resource()) && g.verb().equals("create"));
      }
      if (entry.resource().equals("selfsubjectrulesreviews")) {
        unused.removeIf(RbacAudit::isDemanded);
      }
    }
    return unused;
  }

  /** What the Java Operator SDK wants to see in the answer to its review, and then does not use. */
  private static boolean isDemanded(Grant grant) {
    return grant.resource().equals("leases") && grant.verb().equals("update");
  }

  private static Set<String> told(List<AuditEntry> asked, Predicate<AuditEntry> which) {
    return asked.stream()
        .filter(which)
        .map(e -> e.verb() + " " + e.uri().replaceAll("[?].*", "") + ": " + e.code())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<AuditEntry> asked(KubeApiServer management) {
    return management.audit().stream().filter(e -> e.user().equals(Shipped.USER)).toList();
  }

  /** Discovery, and the question what one may do: roles of Kubernetes itself give them to all. */
  private static boolean everyoneMay(AuditEntry entry) {
    return entry.resource().isEmpty() || entry.resource().startsWith("selfsubject");
  }
}
