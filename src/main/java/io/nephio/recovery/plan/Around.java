package io.nephio.recovery.plan;

/**
 * What a plan heeds besides the clusters and the ledger.
 *
 * @param home where the operator itself runs
 * @param gitServer its address; empty where none is known
 * @param packages what could be put back
 */
public record Around(Home home, String gitServer, Restorable packages) {
  public static final Around NOTHING = new Around(Home.NOWHERE, "", Restorable.NOTHING);
}
