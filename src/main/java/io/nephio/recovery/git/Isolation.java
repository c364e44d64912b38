package io.nephio.recovery.git;

import java.io.File;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Keeps JGit from reading and writing the configuration of whoever runs this process: otherwise an
 * extra header, a hooks path or a name of theirs takes part in every fetch, push and commit.
 *
 * <p>The only thing it finds configured is how coarse the clock of a file system is. Otherwise it
 * would measure that, for three seconds, with files in the very folder that is fetched into. What
 * it finds is the coarsest that it knows, which is right for every file system.
 */
final class Isolation extends SystemReader.Delegate {
  private static boolean installed;

  private Isolation(SystemReader system) {
    super(system);
  }

  static synchronized void install() {
    if (!installed) {
      SystemReader.setInstance(new Isolation(SystemReader.getInstance()));
      installed = true;
    }
  }

  @Override
  public @Nullable String getenv(String variable) {
    boolean hidden = variable.startsWith("GIT_") || variable.startsWith("XDG_");
    return hidden ? null : super.getenv(variable);
  }

  @Override
  public FileBasedConfig openUserConfig(Config parent, FS fs) {
    return new Nowhere(parent, fs);
  }

  @Override
  public FileBasedConfig openSystemConfig(Config parent, FS fs) {
    return new Nowhere(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(Config parent, FS fs) {
    return new Nowhere(parent, fs);
  }

  private static final class Nowhere extends FileBasedConfig {
    private static final String CLOCK = "2 s";

    Nowhere(Config parent, FS fs) {
      super(parent, new File("nowhere"), fs);
    }

    @Override
    public @Nullable String getString(String section, @Nullable String subsection, String name) {
      boolean clock =
          section.equals(ConfigConstants.CONFIG_FILESYSTEM_SECTION)
              && name.equals(ConfigConstants.CONFIG_KEY_TIMESTAMP_RESOLUTION);
      return clock ? CLOCK : super.getString(section, subsection, name);
    }

    @Override
    public void load() {}

    @Override
    public void save() {}

    @Override
    public boolean isOutdated() {
      return false;
    }
  }
}
