package io.nephio.recovery.plan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nephio.recovery.api.ClusterPolicySpec;
import io.nephio.recovery.facts.Sample;
import java.time.Instant;

/** Policies written as people write them. */
public final class Policies {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .configure(JsonParser.Feature.ALLOW_SINGLE_QUOTES, true)
          .configure(JsonParser.Feature.ALLOW_UNQUOTED_FIELD_NAMES, true);

  private Policies() {}

  public static Policy policy(String fields) {
    return policy("default", "edge", Sample.ago("PT720H"), fields);
  }

  static Policy policy(String namespace, String name, Instant created, String fields) {
    return new Policy(namespace, name, "policy-uid-" + name, 1, created, spec(fields));
  }

  static ClusterPolicySpec spec(String fields) {
    try {
      return JSON.readValue("{" + fields + "}", ClusterPolicySpec.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(fields, e);
    }
  }
}
