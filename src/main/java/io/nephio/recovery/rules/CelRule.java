package io.nephio.recovery.rules;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A rule that the CRD states in CEL, and its twin here.
 *
 * @param at where it stands: "spec", or "" for the whole object
 * @param cel its text in the CRD
 * @param field what it is about, below {@code at}
 * @param message its message in the CRD
 * @param holds whether it holds for the part at {@code at}
 * @param told the message, for this object
 */
record CelRule(
    Rule rule,
    String kind,
    String at,
    String cel,
    Field field,
    String message,
    Holds holds,
    Function<Tree, String> told) {

  /** Of the part as it is and, when it is changed, as it was. */
  interface Holds {
    boolean test(Tree self, @Nullable Tree old);
  }

  static final List<CelRule> ALL =
      List.of(
          new CelRule(
              Rule.STAR_ALONE,
              Kinds.POLICY,
              "spec",
              "!('*' in self.clusterNamespaces) || size(self.clusterNamespaces) == 1",
              Field.of("spec", "clusterNamespaces"),
              "'*' means all namespaces and must stand alone: remove the other entries or the '*'",
              (self, old) -> starAlone(self.texts("clusterNamespaces"))),
          new CelRule(
              Rule.INTERVALS,
              Kinds.POLICY,
              "spec",
              "duration(self.shortInterval) <= duration(self.longInterval)",
              Field.of("spec", "shortInterval"),
              "shortInterval must not be longer than longInterval",
              (self, old) ->
                  self.length("shortInterval").compareTo(self.length("longInterval")) <= 0,
              self ->
                  "shortInterval ("
                      + self.text("shortInterval")
                      + ") must not be longer than longInterval ("
                      + self.text("longInterval")
                      + ")"),
          new CelRule(
              Rule.MAX_UNHEALTHY,
              Kinds.POLICY,
              "spec",
              "type(self.maxUnhealthy) == int ? self.maxUnhealthy >= 1"
                  + " : self.maxUnhealthy.matches('^([1-9][0-9]?|100)%$')",
              Field.of("spec", "maxUnhealthy"),
              "maxUnhealthy must be a whole number of at least 1 or a percentage from 1% to 100%",
              (self, old) -> isLimit(self.get("maxUnhealthy"))),
          new CelRule(
              Rule.SPEC_IMMUTABLE,
              Kinds.REMEDIATION,
              "spec",
              "self == oldSelf",
              Field.of("spec"),
              "spec is what was decided and cannot be changed; close the pull request instead",
              (self, old) -> old == null || self.equals(old)),
          new CelRule(
              Rule.MACHINE_REQUIRED,
              Kinds.REMEDIATION,
              "spec",
              "!(self.action in ['ReplaceMachine','ReplaceNode']) || has(self.machine)",
              Field.of("spec", "machine"),
              "this action needs spec.machine: the Machine that is to be deleted",
              (self, old) -> !self.text("action").startsWith("Replace") || self.has("machine"),
              self ->
                  self.text("action") + " needs spec.machine: the Machine that is to be deleted"),
          new CelRule(
              Rule.TARGET_UID,
              Kinds.REMEDIATION,
              "spec",
              "self.action == 'ReapplyCrd' || self.target.uid != ''",
              Field.of("spec", "target", "uid"),
              "target.uid must name the very object that fails; only a missing CRD (action"
                  + " ReapplyCrd) has none",
              (self, old) ->
                  self.text("action").equals("ReapplyCrd")
                      || !self.text("target", "uid").isEmpty()),
          new CelRule(
              Rule.NAME_LENGTH,
              Kinds.REMEDIATION,
              "",
              "size(self.metadata.name) <= 63",
              Field.of("metadata", "name"),
              "metadata.name must not be longer than 63 characters: it is also a label value",
              (self, old) -> self.text("metadata", "name").length() <= 63));

  private CelRule(
      Rule rule, String kind, String at, String cel, Field field, String message, Holds holds) {
    this(rule, kind, at, cel, field, message, holds, self -> message);
  }

  /** Of an object that its schema takes, with its defaults, and of what it replaces. */
  static void check(String kind, Tree object, @Nullable Tree old, Problems problems) {
    for (CelRule rule : ALL) {
      if (rule.kind.equals(kind)) {
        Tree self = rule.part(object);
        if (!rule.holds.test(self, old == null ? null : rule.part(old))) {
          problems.add(
              rule.rule, rule.field, rule.told.apply(self), object.get(rule.field.names()));
        }
      }
    }
  }

  private Tree part(Tree object) {
    return at.isEmpty() ? object : object.tree(at);
  }

  private static boolean starAlone(List<String> namespaces) {
    return !namespaces.contains("*") || namespaces.size() == 1;
  }

  private static boolean isLimit(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.longValue() >= 1;
    }
    String text = String.valueOf(value);
    if (!text.endsWith("%") || text.length() > 4 || text.startsWith("0")) {
      return false;
    }
    String digits = text.substring(0, text.length() - 1);
    return Text.isDigits(digits) && Integer.parseInt(digits) <= 100;
  }
}
