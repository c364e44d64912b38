package io.nephio.recovery.plan;

import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.ClusterRef;
import io.nephio.recovery.facts.ObjectRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of one intended act, the same on every run and after every restart: of the ledger
 * object, of the record's file and of the branch.
 *
 * @param fingerprint of the failing object under one policy and failure class, 8 hex digits
 * @param lineage of everything of one owner and failure class, 8 hex digits
 * @param attempt ordinal of the proposal for this fingerprint, from 1
 */
public record Identity(
    String fingerprint, String lineage, int attempt, String cluster, String target) {

  private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");
  private static final Pattern DASHES = Pattern.compile("^-+|-+$");

  /** A Kubernetes label value. */
  static final int MAX_NAME = 63;

  /** Leaves room for the target; what is cut off here the fingerprint still tells apart. */
  private static final int MAX_CLUSTER = 30;

  /** That of a remediation which is already in the ledger. */
  public static Identity of(RemediationSpec spec) {
    return of(
        spec.fingerprint(),
        spec.lineage(),
        spec.attempt(),
        Ledger.cluster(spec),
        Ledger.target(spec));
  }

  static Identity of(
      String fingerprint, String lineage, int attempt, ClusterRef cluster, ObjectRef object) {
    String suffix = "-" + fingerprint + (attempt > 1 ? "-a" + attempt : "");
    String where = cut(slug(directory(cluster)), MAX_CLUSTER);
    String what =
        cut(
            slug(object.kind() + "-" + object.name()),
            MAX_NAME - where.length() - 1 - suffix.length());
    return new Identity(fingerprint, lineage, attempt, where, what + suffix);
  }

  static String fingerprint(Policy policy, Cluster cluster, String identity, String kind) {
    return hash(
        policy.namespace(),
        policy.name(),
        cluster.ref().namespace(),
        cluster.ref().name(),
        cluster.object().uid(),
        identity,
        kind);
  }

  static String lineage(Cluster cluster, String owner, String kind) {
    return hash(
        cluster.ref().namespace(), cluster.ref().name(), cluster.object().uid(), owner, kind);
  }

  /** Of the ledger object, at most 63 characters. */
  public String name() {
    return cluster + "-" + target;
  }

  public String branch() {
    return "recovery/" + cluster + "/" + target;
  }

  /** Of the record in the repository. */
  public String path() {
    return "recovery/" + cluster + "/" + name() + ".yaml";
  }

  private static String directory(ClusterRef cluster) {
    return cluster.namespace().equals("default")
        ? cluster.name()
        : cluster.namespace() + "-" + cluster.name();
  }

  private static String slug(String text) {
    String dashed = OTHERS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("-");
    return DASHES.matcher(dashed).replaceAll("");
  }

  private static String cut(String slug, int length) {
    return slug.length() <= length
        ? slug
        : DASHES.matcher(slug.substring(0, length)).replaceAll("");
  }

  private static String hash(String... parts) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
