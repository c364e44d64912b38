package io.nephio.recovery.operator;

import io.nephio.recovery.servers.Line;

/**
 * What a process asks the servers over. The next has others: what is still on its way when one ends
 * reaches nobody any more, as of a thread within this JVM that has not noticed yet.
 */
record CrashLines(Line management, Line workload, Line gitea) implements AutoCloseable {

  static CrashLines of(Stage stage, Cuts cuts) {
    return new CrashLines(
        stage.managementLine(cuts.of("management")),
        stage.workloadLine(cuts.of("workload")),
        Line.to(stage.gitea.url(), cuts.of("gitea")));
  }

  /** For the next process; who is left of this one reaches nobody. */
  CrashLines next() {
    return new CrashLines(management.next(), workload.next(), gitea.next());
  }

  @Override
  public void close() {
    management.close();
    workload.close();
    gitea.close();
  }
}
