package io.nephio.recovery.deploy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.nephio.recovery.servers.AuditEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One verb on one resource that deploy/base grants the operator.
 *
 * @param namespace where; empty for everywhere
 * @param resource with the subresource, as RBAC writes it
 * @param names of which objects; empty for all
 */
record Grant(String namespace, String group, String resource, String verb, List<String> names) {

  /** All of them, the narrowest first: a request uses the first that allows it. */
  static List<Grant> shipped() {
    var grants = new ArrayList<Grant>();
    for (ClusterRoleBinding binding : Shipped.objects(ClusterRoleBinding.class)) {
      add(grants, "", rules(ClusterRole.class, binding.getRoleRef().getName()));
    }
    for (RoleBinding binding : Shipped.objects(RoleBinding.class)) {
      String namespace = binding.getMetadata().getNamespace();
      add(grants, namespace, rules(Role.class, binding.getRoleRef().getName()));
    }
    grants.sort(
        Comparator.comparing((Grant g) -> g.names().isEmpty())
            .thenComparing(g -> g.namespace().isEmpty()));
    return grants;
  }

  private static List<PolicyRule> rules(Class<? extends HasMetadata> kind, String name) {
    HasMetadata role =
        Shipped.objects(kind).stream()
            .filter(r -> r.getMetadata().getName().equals(name))
            .findFirst()
            .orElseThrow();
    return role instanceof ClusterRole all ? all.getRules() : ((Role) role).getRules();
  }

  private static void add(List<Grant> grants, String namespace, List<PolicyRule> rules) {
    for (PolicyRule rule : rules) {
      for (String group : rule.getApiGroups()) {
        for (String resource : rule.getResources()) {
          for (String verb : rule.getVerbs()) {
            grants.add(new Grant(namespace, group, resource, verb, rule.getResourceNames()));
          }
        }
      }
    }
  }

  boolean allows(AuditEntry entry) {
    String asked =
        entry.resource() + (entry.subresource().isEmpty() ? "" : "/" + entry.subresource());
    return group.equals(group(entry))
        && (resource.equals("*") || resource.equals(asked))
        && verb.equals(entry.verb())
        && (namespace.isEmpty() || namespace.equals(entry.namespace()))
        && (names.isEmpty() || names.contains(entry.name()));
  }

  /** Of a path like {@code /apis/GROUP/VERSION/…}; the core's is {@code /api/v1/…}. */
  private static String group(AuditEntry entry) {
    String[] path = entry.uri().split("[/?]", 4);
    return path[1].equals("apis") ? path[2] : "";
  }
}
