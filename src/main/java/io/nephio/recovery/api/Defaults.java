package io.nephio.recovery.api;

/**
 * What a field has when nobody says. Stated once for the API server and for the records, because
 * files have no API server that fills them in.
 */
public final class Defaults {
  public static final String CONTROL_PLANE_TIMEOUT = "10m";
  public static final String MACHINE_STARTUP_TIMEOUT = "20m";
  public static final String MACHINE_DELETION_TIMEOUT = "1h";
  public static final String NODE_NOT_READY_THRESHOLD = "5m";
  public static final String NODE_PRESSURE_THRESHOLD = "15m";
  public static final String POD_CRASH_THRESHOLD = "10m";
  public static final String WORKLOAD_ROLLOUT_TIMEOUT = "10m";
  public static final String CRD_THRESHOLD = "2m";
  public static final String SHORT_INTERVAL = "30s";
  public static final String LONG_INTERVAL = "5m";
  public static final String REPOSITORY = "nephio/mgmt";
  public static final String MAX_UNHEALTHY = "40%";
  public static final String MAX_IN_FLIGHT = "1";
  public static final String MAX_OPEN_PULL_REQUESTS = "5";
  public static final String STORM_COOLDOWN = "10m";
  public static final String RETRY_BUDGET = "3";
  public static final String RETRY_WINDOW = "24h";
  public static final String MIN_HEALTHY_PERIOD = "1h";
  public static final String STABILIZATION = "10m";
  public static final String PROPOSAL_TTL = "24h";
  public static final String EXECUTE_WITHIN = "30m";
  public static final String REJECTION_SNOOZE = "24h";
  public static final String REMIND_AFTER = "2h";
  public static final String FALSE = "false";
  public static final String EMPTY_TEXT = "\"\"";
  public static final String EMPTY_LIST = "[]";
  public static final String EMPTY_OBJECT = "{}";

  private Defaults() {}
}
