package io.nephio.recovery.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.Fleet;
import io.nephio.recovery.judge.Memory;
import io.nephio.recovery.judge.Scene;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What must hold at every moment of every story made by chance; the seed names the story. */
class StoriesTest {
  private static final int STORIES = Integer.getInteger("recovery.fleets", 10_000) / 4;
  private static final int EVENTS = 4;
  private static final Policy POLICY = Policies.policy("retryBudget: 2, maxUnhealthy: '50%'");
  private static final Home HOME = new Home("kube-system-uid-c", "operator", "w0");

  @Test
  void nothingThatHappensMakesAPlanDoHarm() {
    for (long seed = 0; seed < STORIES; seed++) {
      try {
        tell(seed, new TreeMap<>());
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  /** The stories are no good if nothing happens in them. */
  @Test
  void theStoriesComeToEveryReasonNotToPropose() {
    Map<String, Integer> whys = new TreeMap<>();
    for (long seed = 0; seed < 500; seed++) {
      tell(seed, whys);
    }
    String all = String.join("\n", whys.keySet());
    assertThat(all)
        .contains(
            "stormCooldown",
            "too many at once",
            "quorum would be lost",
            "did not help",
            "rejected as",
            "expired unmerged",
            "one member at a time",
            "operator itself runs",
            "used in 24h");
  }

  private static void tell(long seed, Map<String, Integer> whys) {
    RandomStory story = new RandomStory(seed, POLICY);
    Memory memory = Memory.EMPTY;
    for (int i = 0; i < EVENTS; i++) {
      story.goesOn();
      Cluster cluster = story.cluster();
      Plan plan = plan(cluster, story, memory);
      new Harm(new Scene(cluster, POLICY.spec(), memory, story.at()), story.ledger(), HOME, plan)
          .isNowhere();
      plan.decisions().forEach(d -> whys.merge(d.why(), 1, Integer::sum));
      memory = plan.memory();
      story.records(plan);
      Harm.check(
          PropertiesTest.told(plan(cluster, story, memory)).equals(PropertiesTest.told(plan)),
          "another plan though nothing changed",
          plan);
    }
  }

  private static Plan plan(Cluster cluster, RandomStory story, Memory memory) {
    return Planner.plan(
        POLICY,
        new Fleet(java.util.List.of(cluster)),
        story.ledger(),
        memory,
        new Around(HOME, "", Restorable.NOTHING, java.util.List.of(POLICY)),
        story.at());
  }
}
