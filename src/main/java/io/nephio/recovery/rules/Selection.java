package io.nephio.recovery.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which clusters a policy selects, and which of its approvals can ever decide. */
final class Selection {
  private static final Set<String> OF_MACHINES =
      Set.of("ReplaceMachine", "ReplaceNode", "DrainNode");
  private static final Set<String> OF_PODS = Set.of("DeletePod", "RestartRollout");

  private final Subject policy;

  private Selection(Subject policy) {
    this.policy = policy;
  }

  static void check(Subject policy) {
    Selection selection = new Selection(policy);
    Field field = Field.of("spec", "clusterSelector");
    Tree selector = policy.spec().tree("clusterSelector");
    selection.selector(selector, field);
    boolean all = policy.spec().texts("clusterNamespaces").contains("*");
    if (all && Selector.of(selector).everything()) {
      policy
          .problems()
          .add(
              Rule.SELECTS_EVERYTHING,
              field,
              "selects every cluster of every namespace: write a label to choose by, or name the"
                  + " namespaces",
              null);
    }
    selection.approvals(policy.spec().trees("approvals"));
  }

  private void selector(Tree selector, Field field) {
    for (Object key : selector.tree("matchLabels").fields().keySet()) {
      key(String.valueOf(key), field.child("matchLabels").child(String.valueOf(key)));
      value(
          selector.text("matchLabels", String.valueOf(key)),
          field.child("matchLabels").child(String.valueOf(key)));
    }
    List<Tree> expressions = selector.trees("matchExpressions");
    for (int i = 0; i < expressions.size(); i++) {
      requirement(expressions.get(i), field.child("matchExpressions").index(i));
    }
    List<String> impossible = Selector.of(selector).impossible();
    if (!impossible.isEmpty()) {
      policy
          .problems()
          .add(
              Rule.SELECTS_NOTHING,
              field,
              "can match nothing: what it asks of the label %s contradicts itself; remove one of the"
                      .formatted(Text.shortly(String.join(", ", impossible)))
                  + " two",
              null);
    }
  }

  private void requirement(Tree requirement, Field field) {
    key(requirement.text("key"), field.child("key"));
    List<String> values = requirement.texts("values");
    String operator = requirement.text("operator");
    boolean wanted = operator.endsWith("In");
    if (wanted == values.isEmpty()) {
      policy
          .problems()
          .add(
              Rule.SELECTOR_INVALID,
              field.child("values"),
              operator + (wanted ? " needs at least one value" : " takes no values: remove them"),
              null);
    }
    for (int i = 0; i < values.size(); i++) {
      value(values.get(i), field.child("values").index(i));
    }
  }

  private void key(String key, Field field) {
    if (!MetadataCheck.isKey(key)) {
      invalid(field, key, " is no label key: write one like app or x.org/app");
    }
  }

  private void value(String value, Field field) {
    if (!MetadataCheck.isValue(value)) {
      invalid(field, value, " can be the value of no label: write what stands on the object");
    }
  }

  private void invalid(Field field, String text, String why) {
    policy.problems().add(Rule.SELECTOR_INVALID, field, Text.quoted(text) + why, text);
  }

  private void approvals(List<Tree> entries) {
    List<Approval> before = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Approval approval = new Approval(entries.get(i));
      Field field = Field.of("spec", "approvals", i);
      selector(entries.get(i).tree("clusterSelector"), field.child("clusterSelector"));
      selector(entries.get(i).tree("machineSelector"), field.child("machineSelector"));
      for (int j = 0; j < before.size(); j++) {
        if (before.get(j).covers(approval)) {
          policy
              .problems()
              .add(
                  Rule.APPROVAL_UNREACHED,
                  field,
                  "is never reached, for approvals["
                      + j
                      + "] decides all of it first: put it before",
                  null);
          break;
        }
      }
      pointless(approval, field);
      before.add(approval);
    }
    if (!before.isEmpty() && before.get(0).everything() && before.get(0).observes()) {
      policy
          .problems()
          .add(
              Rule.ONLY_OBSERVED,
              Field.of("spec", "approvals", 0),
              "matches everything, so nothing is ever proposed: narrow it, unless that is meant",
              null);
    }
  }

  private void pointless(Approval approval, Field field) {
    if (approval.onlyOf(OF_MACHINES) && approval.hasNamespaces()) {
      pointless(field.child("namespaces"), "none of its actions is about pods or workloads");
    }
    if (approval.onlyOf(OF_PODS) && approval.hasMachines()) {
      pointless(field.child("machineSelector"), "none of its actions is about a Machine");
    }
    if (approval.onlyOf(Set.of("None"))) {
      pointless(field.child("actions"), "None is never proposed");
    }
  }

  private void pointless(Field field, String why) {
    policy
        .problems()
        .add(
            Rule.APPROVAL_POINTLESS,
            field,
            "makes this entry match nothing, for " + why + ": remove it",
            null);
  }
}
