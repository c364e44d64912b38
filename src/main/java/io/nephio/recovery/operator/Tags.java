package io.nephio.recovery.operator;

import io.nephio.recovery.api.FailureClass;
import io.nephio.recovery.gitea.Label;
import io.nephio.recovery.gitea.PullRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The labels by which people find our pull requests, and the one by which they stop us. */
final class Tags {
  /** Whoever sets this stops everything until it is taken off. */
  static final Label HOLD =
      new Label(
          "recovery/hold", "#d73a4a", "The recovery operator does nothing here until this is off");

  private static final String COLOUR = "#0e8a16";
  private static final Label ALL =
      new Label("recovery", COLOUR, "Proposed by the recovery operator");

  private Tags() {}

  static List<Label> of(FailureClass failure) {
    String name = failure.name().toLowerCase(Locale.ROOT);
    return List.of(
        ALL, new Label("recovery/" + name, COLOUR, "Of the class of failures " + failure));
  }

  /** Which of them could not be set; a person may have taken them off, too. */
  static Optional<String> missing(FailureClass failure, PullRequest pr) {
    String missing =
        of(failure).stream()
            .map(Label::name)
            .filter(name -> !pr.labels().contains(name))
            .collect(Collectors.joining(", "));
    return missing.isEmpty() ? Optional.empty() : Optional.of("not labelled " + missing);
  }
}
