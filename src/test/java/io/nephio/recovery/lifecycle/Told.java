package io.nephio.recovery.lifecycle;

import static io.nephio.recovery.facts.Sample.NOW;

import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.facts.Elapsed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A step as a table tells it. */
final class Told {
  private Told() {}

  static String step(RemediationStatus before, Step step) {
    if (step instanceof Step.Wait wait) {
      return "wait " + Elapsed.text(wait.again());
    }
    if (step instanceof Step.Write write) {
      return before.phase() == write.status().phase()
          ? "note " + note(before, write.status())
          : phase(write.status());
    }
    if (step instanceof Step.Conclude conclude) {
      return (conclude.close() ? "close " : "end ") + phase(conclude.status());
    }
    return step.getClass().getSimpleName();
  }

  private static String phase(RemediationStatus status) {
    return status.phase() + "/" + status.reason();
  }

  private static String note(RemediationStatus before, RemediationStatus after) {
    List<String> notes = new ArrayList<>();
    if (!Objects.equals(before.healthySince(), after.healthySince())) {
      notes.add(after.healthySince() == null ? "relapse" : "healthy");
    }
    if (!before.conditions().equals(after.conditions())
        || !Objects.equals(before.retryAt(), after.retryAt())) {
      notes.add(
          after.conditions().isEmpty()
              ? "unblocked"
              : after.conditions().get(0).getReason() + " until " + time(after.retryAt()));
    }
    if (!Objects.equals(before.approval(), after.approval())) {
      notes.add("start until " + time(after.approval().executeBefore()));
    }
    if (!Objects.equals(before.proposal(), after.proposal())) {
      notes.add("number " + after.proposal().pullRequest());
    }
    return String.join(", ", notes);
  }

  private static String time(Instant time) {
    return Duration.between(NOW, time).toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
