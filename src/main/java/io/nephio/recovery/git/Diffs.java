package io.nephio.recovery.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** The text of a change, as {@code patch} and people read it. */
public final class Diffs {
  private Diffs() {}

  /** Empty if nothing changed. */
  public static String unified(String path, Optional<String> before, String after) {
    RawText old = new RawText(before.orElse("").getBytes(StandardCharsets.UTF_8));
    RawText now = new RawText(after.getBytes(StandardCharsets.UTF_8));
    EditList edits = new HistogramDiff().diff(RawTextComparator.DEFAULT, old, now);
    if (edits.isEmpty() && before.isPresent()) {
      return "";
    }
    ByteArrayOutputStream hunks = new ByteArrayOutputStream();
    try (DiffFormatter formatter = new DiffFormatter(hunks)) {
      formatter.format(edits, old, now);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String from = before.isPresent() ? "a/" + path : "/dev/null";
    return "--- " + from + "\n+++ b/" + path + "\n" + hunks.toString(StandardCharsets.UTF_8);
  }
}
