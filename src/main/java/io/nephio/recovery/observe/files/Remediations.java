package io.nephio.recovery.observe.files;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.nephio.recovery.api.Remediation;
import io.nephio.recovery.plan.Ledger;
import io.nephio.recovery.plan.LedgerEntry;
import java.util.ArrayList;
import java.util.List;

/** The ledger, where the input holds it. */
final class Remediations {
  private Remediations() {}

  static Ledger ledger(List<Document> documents, List<String> problems) {
    List<Document> found =
        documents.stream().filter(d -> d.tree().is("recovery.nephio.io", "Remediation")).toList();
    if (found.isEmpty()) {
      return Ledger.empty();
    }
    KubernetesSerialization serialization = new KubernetesSerialization();
    List<LedgerEntry> entries = new ArrayList<>();
    for (Document document : found) {
      try {
        Remediation remediation =
            serialization.convertValue(document.tree().fields(), Remediation.class);
        entries.add(
            new LedgerEntry(document.tree().name(), remediation.spec(), remediation.status()));
      } catch (IllegalArgumentException | NullPointerException e) {
        String text = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        problems.add(document.where() + ", " + document.object() + ": " + text);
      }
    }
    return new Ledger(entries);
  }
}
