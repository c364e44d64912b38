package io.nephio.recovery.git;

import java.nio.file.Path;
import org.eclipse.jgit.util.FS;

/** JGit's probe of the file system's clock, which otherwise writes into folders being deleted. */
public final class ClockProbe {
  private ClockProbe() {}

  /** Runs it to its end, once for each test process. */
  public static void finish() {
    Isolation.install();
    FS.FileStoreAttributes.setBackground(false);
    FS.getFileStoreAttributes(Path.of(System.getProperty("java.io.tmpdir")));
  }
}
