package io.nephio.recovery.rules;

/** What the patterns of the schemas stand for, for people. */
enum Form {
  DURATION(
      "^[1-9][0-9]{0,5}(ms|s|m|h)([0-9]{1,5}(ms|s|m|h))*$",
      "a duration: write one like 30s, 10m or 1h30m"),
  DURATION_OR_NEVER(
      "^([1-9][0-9]{0,5}(ms|s|m|h)([0-9]{1,5}(ms|s|m|h))*)?$",
      "a duration: write one like 30s, 10m or 1h30m, or '' for never"),
  NAMESPACE("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", "a namespace: write lower-case letters, digits, -"),
  NAMESPACE_OR_ALL("^(\\*|[a-z0-9]([-a-z0-9]*[a-z0-9])?)$", "a namespace, nor '*' for all"),
  NAMESPACES(
      "^[a-z0-9*]([-a-z0-9*]*[a-z0-9*])?$", "a namespace, nor one with * for any characters"),
  CRD(
      "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$",
      "plural.group: write the CRD's name, like clusters.cluster.x-k8s.io"),
  REPOSITORY(
      "^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$",
      "owner/name: write a repository of the operator's Git server, without its URL"),
  WORKLOAD_REPOSITORY(
      "^(([A-Za-z0-9_.-]|\\{cluster\\}|\\{namespace\\})+/([A-Za-z0-9_.-]|\\{cluster\\}|\\{namespace\\})+)?$",
      "owner/name: write a repository of the operator's Git server; {cluster} and {namespace} may"
          + " stand in it"),
  FINGERPRINT("^[0-9a-f]{8}$", "8 hexadecimal digits"),
  SHA256("^[0-9a-f]{64}$", "a SHA-256: write 64 hexadecimal digits"),
  CONDITION_STATUS("^(True|False|Unknown)$", "True, False or Unknown");

  private final String pattern;
  private final String people;

  Form(String pattern, String people) {
    this.pattern = pattern;
    this.people = people;
  }

  String pattern() {
    return pattern;
  }

  String people() {
    return people;
  }

  static Form of(String pattern) {
    for (Form form : values()) {
      if (form.pattern.equals(pattern)) {
        return form;
      }
    }
    throw new IllegalStateException("a pattern without words: " + pattern);
  }
}
