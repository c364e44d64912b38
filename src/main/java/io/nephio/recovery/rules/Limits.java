package io.nephio.recovery.rules;

import java.util.List;
import java.util.Set;

/** Limits, names and places of a policy that cannot do what they are for. */
final class Limits {
  private static final Set<String> PROTECTED =
      Set.of("kube-system", "config-management-system", "flux-system", "argocd", "gitea");

  private static final List<String> PROTECTED_PREFIXES = List.of("porch-", "capi-");

  private Limits() {}

  static void check(Subject policy) {
    Tree spec = policy.spec();
    if ("100%".equals(spec.get("maxUnhealthy"))) {
      policy
          .problems()
          .add(
              Rule.ALL_AT_ONCE,
              Field.of("spec", "maxUnhealthy"),
              "can never be passed, so a mass failure is proposed machine by machine: write less,"
                  + " like 40%",
              "100%",
              "40%");
    }
    crds(policy);
    repository(policy, "repository");
    repository(policy, "workloadRepository");
    String branch = Branches.problem(spec.text("branch"));
    if (!branch.isEmpty()) {
      policy.problems().add(Rule.BRANCH, Field.of("spec", "branch"), branch, spec.text("branch"));
    }
    List<String> allowed = spec.texts("allowedNamespaces");
    for (int i = 0; i < allowed.size(); i++) {
      if (!isProtected(allowed.get(i))) {
        policy
            .problems()
            .add(
                Rule.NOT_PROTECTED,
                Field.of("spec", "allowedNamespaces", i),
                Text.quoted(allowed.get(i))
                    + " is protected only if the operator itself runs there, else this has no"
                    + " effect: remove it",
                allowed.get(i));
      }
    }
  }

  private static boolean isProtected(String namespace) {
    for (String prefix : PROTECTED_PREFIXES) {
      if (namespace.startsWith(prefix)) {
        return true;
      }
    }
    return PROTECTED.contains(namespace);
  }

  private static void crds(Subject policy) {
    for (String where : List.of("management", "workload")) {
      List<String> names = policy.spec().texts("criticalCRDs", where);
      for (int i = 0; i < names.size(); i++) {
        Field field = Field.of("spec", "criticalCRDs", where, i);
        String why = impossible(names.get(i));
        if (!why.isEmpty()) {
          policy
              .problems()
              .add(
                  Rule.CRD_IMPOSSIBLE,
                  field,
                  Text.quoted(names.get(i))
                      + " can be the name of no CRD, so it would be missing for ever: "
                      + why,
                  names.get(i));
        }
      }
    }
  }

  private static String impossible(String name) {
    int dot = name.indexOf('.');
    String plural = name.substring(0, dot);
    String group = name.substring(dot + 1);
    if (group.indexOf('.') < 0) {
      return "the group " + group + " has no dot, as only built-in ones have not; remove it";
    }
    if (Character.isDigit(plural.charAt(0))) {
      return "the plural " + plural + " starts with a digit; write it as it is served";
    }
    return plural.length() > 63 ? "the plural is longer than 63 characters; shorten it" : "";
  }

  private static void repository(Subject policy, String field) {
    String text = policy.spec().text(field);
    for (String part : text.split("/", -1)) {
      if (part.equals(".") || part.equals("..") || part.endsWith(".git")) {
        policy
            .problems()
            .add(
                Rule.REPOSITORY,
                Field.of("spec", field),
                Text.quoted(part) + " can be the name of no repository: write it as Gitea shows it",
                text);
        return;
      }
    }
  }
}
