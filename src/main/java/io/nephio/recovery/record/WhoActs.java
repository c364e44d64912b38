package io.nephio.recovery.record;

import static io.nephio.recovery.record.Markdown.code;

import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.plan.Identity;
import java.util.Optional;

/**
 * Who acts after the merge, in words: the operator, which asks once more before it does, or the
 * GitOps engine that applies the package, which asks nobody.
 *
 * @param engine empty if it is the operator
 */
record WhoActs(RemediationSpec spec, Optional<String> engine) {
  WhoActs {
    engine = engine.filter(name -> spec.edit() != null).map(Markdown::plain);
  }

  String act() {
    String act = ActText.of(spec).act();
    return engine.map(name -> act + "; done by " + name).orElse(act);
  }

  String validity() {
    return engine.isEmpty()
        ? "checked again after the merge, right before acting"
        : "a later merge takes effect all the same";
  }

  String next(Identity id) {
    return "### After the merge\n"
        + engine.map(this::applied).orElseGet(() -> acted(id))
        + "3. done when "
        + ActText.of(spec).done()
        + " for "
        + spec.stabilization().text()
        + "; else it says so here and does not try again unasked.\n\n";
  }

  private String acted(Identity id) {
    String what = spec.machine() != null ? "the Machine" : "the " + spec.target().kind();
    return "1. within 20 s the operator reads "
        + code(id.path())
        + " at the merge commit and repeats the checks;\n"
        + "2. it acts on "
        + what
        + (spec.target().uid().isEmpty() ? "" : " of this uid")
        + " within "
        + spec.executeWithin().text()
        + ", or does nothing and says why here;\n";
  }

  private String applied(String name) {
    return "1. "
        + name
        + " applies the package: **the merge itself is the act, nothing is checked after it**;\n"
        + "2. the operator changes nothing; it waits until that is applied, and says here what"
        + " holds it back if it is not within "
        + spec.executeWithin().text()
        + ";\n";
  }
}
