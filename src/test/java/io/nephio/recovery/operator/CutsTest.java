package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.servers.Line;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is a point of its own, and what another story has been cut at already. */
class CutsTest {
  private final Map<String, Integer> known = new HashMap<>();

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/namespaces/held-cut/secrets/held2-kubeconfig, '', ''",
    "GET, /apis/cluster.x-k8s.io/v1beta1/machines, resourceVersion=9&watch=true, ''",
    "PATCH, /api/v1/nodes/held2-md-0-b, '', '{\"unschedulable\":true}'",
    "POST, /api/v1/repos/nephio/mgmt/statuses/0123456789012345678901234567890123456789, '',"
        + " '{\"context\":\"recovery/held-cut-held2-node-held2-md-0-b-7c25519d\"}'",
    "PATCH, /apis/recovery.nephio.io/v1alpha1/namespaces/held-cut/remediations/held-cut-held2-node-a-139373a9/status,"
        + " force=true, '{\"phase\":\"Proposed\"}'"
  })
  void whatAnotherStoryAsksForUnderItsOwnNamesIsNotCutAgain(
      String method, String path, String query, String body) {
    Line.Request held = new Line.Request(method, path, query, body);
    Line.Request worker =
        new Line.Request(
            method,
            named(path).replace("0123", "abcd"),
            query.replace("=9", "=17"),
            named(body).replace("7c25519d", "01234567"));

    assertThat(made("held", held)).isNotEmpty();
    assertThat(made("worker", worker)).isEmpty();
  }

  private static String named(String text) {
    return text.replace("held", "worker").replace("139373a9", "e274d084");
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, /api/v1/nodes/held2-md-0-b, '', '{\"phase\":\"Proposed\"}'",
    "PATCH, /api/v1/nodes/held2-md-0-c, '', '{\"phase\":\"Proposed\"}'",
    "PATCH, /api/v1/nodes/held2-md-0-b/status, '', '{\"phase\":\"Proposed\"}'",
    "PATCH, /api/v1/nodes/held2-md-0-b, force=true, '{\"phase\":\"Proposed\"}'",
    "PATCH, /api/v1/nodes/held2-md-0-b, '', '{\"phase\":\"Approved\"}'"
  })
  void whatIsAskedForFirstIsAPoint(String method, String path, String query, String body) {
    Line.Request before =
        new Line.Request("PATCH", "/api/v1/nodes/worker2-md-0-b", "", "{\"phase\":\"Proposed\"}");
    assertThat(made("worker", before)).hasSize(2);

    assertThat(made("held", new Line.Request(method, path, query, body))).hasSize(2);
  }

  @Test
  void whatOnlyReadsIsCutOnce() {
    Line.Request look = new Line.Request("GET", "/api/v1/nodes", "", "");

    assertThat(made("worker", look)).containsExactly("before workload GET /api/v1/nodes");
  }

  /** As often as it is cut, and once more. */
  private List<String> made(String story, Line.Request request) {
    Cuts cuts = CrashStory.everywhere(story, known);
    Line.Cutter workload = cuts.of("workload");
    for (int i = 0; i < 3; i++) {
      if (workload.reaches(request)) {
        workload.returns(request);
      }
      cuts.mend();
    }
    return cuts.made();
  }
}
