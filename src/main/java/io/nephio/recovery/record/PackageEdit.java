package io.nephio.recovery.record;

import io.nephio.recovery.api.RemediationSpec;
import java.util.Map;

/** What a remediation changes in a package, or takes from one. */
public sealed interface PackageEdit {

  /**
   * A change or a manifest to apply, to be approved with the record.
   *
   * @param files what the commit replaces, by path; none where the manifest stays as it is
   */
  record Found(RemediationSpec.Edit edit, Map<String, String> files) implements PackageEdit {
    public Found {
      files = Map.copyOf(files);
    }
  }

  /**
   * No package takes part.
   *
   * @param why half a sentence; empty where none ever does
   */
  record None(String why) implements PackageEdit {}
}
