package io.nephio.recovery.rules;

/** The two kinds. */
public final class Kinds {
  public static final String GROUP = "recovery.nephio.io";
  public static final String API_VERSION = GROUP + "/v1alpha1";
  public static final String POLICY = "ClusterPolicy";
  public static final String REMEDIATION = "Remediation";

  private Kinds() {}

  static Schema schema(String kind) {
    return kind.equals(POLICY) ? OfPolicy.SCHEMA : OfRemediation.SCHEMA;
  }

  /** Read only when there is one to check: the start of the function counts. */
  private static final class OfPolicy {
    static final Schema SCHEMA = SchemaFile.load(POLICY);
  }

  private static final class OfRemediation {
    static final Schema SCHEMA = SchemaFile.load(REMEDIATION);
  }
}
