package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.api.RemediationStatus;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.facts.PorchRepository;
import io.nephio.recovery.facts.Sample;
import io.nephio.recovery.git.Author;
import io.nephio.recovery.git.Fetch;
import io.nephio.recovery.git.GitServer;
import io.nephio.recovery.git.PackageRepository;
import io.nephio.recovery.judge.Finding;
import io.nephio.recovery.judge.Reason;
import io.nephio.recovery.lifecycle.Gate;
import io.nephio.recovery.lifecycle.Health;
import io.nephio.recovery.lifecycle.Lifecycle;
import io.nephio.recovery.lifecycle.Moves;
import io.nephio.recovery.lifecycle.Progress;
import io.nephio.recovery.lifecycle.Pull;
import io.nephio.recovery.lifecycle.Receipt;
import io.nephio.recovery.lifecycle.Seen;
import io.nephio.recovery.lifecycle.Step;
import io.nephio.recovery.lifecycle.Sync;
import io.nephio.recovery.plan.Act;
import io.nephio.recovery.plan.Decision;
import io.nephio.recovery.plan.Identity;
import io.nephio.recovery.plan.Incident;
import io.nephio.recovery.plan.Ledger;
import io.nephio.recovery.plan.LedgerEntry;
import io.nephio.recovery.plan.PackagePlace;
import io.nephio.recovery.plan.Policy;
import io.nephio.recovery.record.PackageEdit;
import io.nephio.recovery.record.PackageEdits;
import io.nephio.recovery.record.PullRequestSpecs;
import io.nephio.recovery.servers.GiteaServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A real Gitea with one repository for each test, and what is done to pull requests there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PullStage {
  static final Instant NOW = PullRequestSpecs.NOW;
  static final String PATH = "core/smf/deployment.yaml";
  static final String MANIFEST =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: smf
        namespace: free5gc
      spec:
        template:
          metadata:
            labels: {app: smf}
      """;
  static final Seen FAILING = seen(new Health.Failing(), new Gate.Free());

  @AutoClose GiteaServer server;
  @AutoClose Forge forge;
  @TempDir static Path caches;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  int count;

  final Sightings sightings = new Sightings();

  /** Which engine applies the packages. */
  Sync engine;

  String repository;
  String cluster;
  Policy policy;
  List<LedgerEntry> ledger;

  @BeforeAll
  void start() {
    server = GiteaServer.start(version());
    server.createUser("bot", "bot-password");
    server.createUser("alice", "alice-password");
    server.createUser("bob", "bob-password");
    forge = forge(Duration.ZERO);
  }

  /** One for which the present lasts so long. */
  Forge forge(Duration glance) {
    return new Forge(
        GitServer.of(server.url(), new GitServer.Credential("bot", "bot-password"))
            .counted(new Metrics(meters)::called),
        caches,
        Author.DEFAULT,
        glance);
  }

  /** One that knows the server by this address, and the bot by this password or token. */
  Forge forge(String url, String password) {
    return new Forge(
        GitServer.of(url, new GitServer.Credential("bot", password)),
        caches.resolve("more"),
        Author.DEFAULT);
  }

  GiteaServer.Version version() {
    return GiteaServer.Version.NEPHIO;
  }

  @BeforeEach
  void repository(TestInfo test) {
    cluster = "edge" + count++;
    repository = "nephio/" + cluster;
    server.createRepository(repository, true);
    for (String user : List.of("bot", "alice", "bob")) {
      server.collaborator(repository, user, "write");
    }
    server.createFile(repository, "main", "core/Kptfile", "kind: Kptfile\n");
    server.createFile(repository, "main", PATH, MANIFEST);
    policy = PullRequestSpecs.policy(repository, List.of("alice", "nobody-here"));
    ledger = new ArrayList<>();
    engine = new Sync.NoEngine();
  }

  /** One step, with what the server says of the pull request now. */
  LedgerEntry lived(LedgerEntry entry, Seen but, Instant at) {
    Seen seen = looked(entry, but);
    Step step = Lifecycle.next(entry, seen, at);
    RemediationStatus status = entry.status();
    if (step instanceof Step.Write write) {
      status = write.status();
    } else if (step instanceof Step.Conclude conclude) {
      assertThat(new Farewell(forge, entry).say(conclude).problem()).isEmpty();
      status = conclude.status();
    }
    return new LedgerEntry(entry.name(), entry.spec(), status);
  }

  void assertOver(LedgerEntry entry, String word) {
    assertThat(pull(entry).at("/state").asText()).isEqualTo("closed");
    assertThat(pull(entry).at("/title").asText()).endsWith(" - autoclosed");
    assertThat(comments(entry)).singleElement().asString().startsWith(word);
    Fetch.Fetched now = (Fetch.Fetched) forge.repository(repository).fetch("");
    assertThat(now.base().branches()).containsOnlyKeys("main");
  }

  Optional<String> obstacle(String crd) {
    return new PackageLook(forge, policy, NOW)
        .restorable()
        .obstacle(
            registered(),
            new ObjectRef("apiextensions.k8s.io/v1", "CustomResourceDefinition", null, crd, ""));
  }

  /** With these, or nothing, registered with Porch. */
  Cluster registered(PorchRepository... repositories) {
    return Sample.cluster(cluster).registered(repositories).cluster();
  }

  Decision.Propose proposal() {
    Cluster of = registered();
    ObjectRef smf = new ObjectRef("apps/v1", "Deployment", "free5gc", "smf", "u");
    Finding stalled =
        new Finding(of.ref(), smf, Reason.WorkloadStalled, NOW, NOW, List.of(), "stalled");
    return new Decision.Propose(
        new Incident(of, stalled, List.of(), Optional.empty()),
        new Identity("1f2e3d4c", "9a8b7c6d", 1, cluster, "deployment-smf-1f2e3d4c"),
        new Act(Action.RestartRollout, smf, Optional.empty()),
        "stalled");
  }

  double calls(String operation) {
    return meters.counter("git.calls", "operation", operation, "outcome", "ok").count();
  }

  /** The same, but for the pull request, which is looked at. */
  private Seen looked(LedgerEntry entry, Seen but) {
    return new Seen(
        look(entry),
        but.health(),
        but.gate(),
        but.progress(),
        but.receipt(),
        new Sync.NoEngine(),
        but.policyGone(),
        but.pace());
  }

  Upkeep.Result keep(Upkeep upkeep, LedgerEntry open, Seen seen, Instant at) {
    return upkeep.keep(forge, open, policy, looked(open, seen), at);
  }

  private Backgrounds backgrounds() {
    return new Backgrounds(() -> new Ledger(ledger), sightings, entry -> engine);
  }

  Upkeep upkeep() {
    return new Upkeep(backgrounds());
  }

  static Seen seen(Health health, Gate gate) {
    return new Seen(
        new Pull.NotLooked(),
        health,
        gate,
        new Progress.NotStarted(),
        new Receipt.None(),
        new Sync.NoEngine(),
        false,
        new Seen.Pace(Duration.ofSeconds(15), Duration.ofHours(1), Duration.ofHours(1)));
  }

  RemediationSpec restart() {
    return restart(NOW);
  }

  RemediationSpec restart(Instant at) {
    PackageRepository packages = forge.repository(repository);
    Fetch.Fetched base = (Fetch.Fetched) packages.fetch("");
    PackageEdit edit =
        PackageEdits.of(
            Action.RestartRollout,
            new ObjectRef("apps/v1", "Deployment", "free5gc", "smf", "u"),
            new PackagePlace.At(repository, "", "", false),
            there -> Optional.of(packages.packages(base.base().commit())),
            at);
    return PullRequestSpecs.restart(cluster, ((PackageEdit.Found) edit).edit());
  }

  /** Through both halves, as the operator does it. */
  LedgerEntry published(RemediationSpec spec) {
    LedgerEntry entry = new LedgerEntry(Identity.of(spec).name(), spec, RemediationStatus.empty());
    Proposals.Result prepared = proposals(entry).prepare();
    entry = next(entry, prepared);
    entry = next(entry, proposals(entry).publish(((Proposals.Prepared) prepared).base()));
    assertThat(entry.status().phase()).isEqualTo(Phase.Proposed);
    ledger.add(entry);
    return entry;
  }

  Proposals proposals(LedgerEntry entry) {
    return new Proposals(forge, entry, policy, backgrounds(), NOW);
  }

  LedgerEntry next(LedgerEntry entry, Proposals.Result result) {
    RemediationStatus status =
        result instanceof Proposals.Prepared prepared
            ? prepared.status()
            : result instanceof Proposals.Opened opened
                ? new Moves(entry.status(), NOW).published(opened.number(), opened.url())
                : ((Proposals.Next) result).status();
    return new LedgerEntry(entry.name(), entry.spec(), status);
  }

  Pull look(LedgerEntry entry) {
    return new PullLook(forge).at(entry);
  }

  /** By its reviewer, with a label that is there. */
  void mark(LedgerEntry entry, long label) {
    server.as(
        "alice",
        "POST",
        "/repos/" + repository + "/issues/" + number(entry) + "/labels",
        Map.of("labels", List.of(label)));
  }

  static long number(LedgerEntry entry) {
    return entry.status().proposal().pullRequest();
  }

  String path(LedgerEntry entry) {
    return "/repos/" + repository + "/pulls/" + number(entry);
  }

  JsonNode pull(LedgerEntry entry) {
    return json(path(entry));
  }

  List<String> statuses(String sha) {
    List<JsonNode> all = new ArrayList<>();
    json("/repos/" + repository + "/statuses/" + sha).forEach(all::add);
    return all.stream()
        .sorted(java.util.Comparator.comparingLong(s -> s.at("/id").asLong()))
        .map(s -> s.at("/status").asText() + " " + s.at("/description").asText())
        .toList();
  }

  List<String> comments(LedgerEntry entry) {
    List<String> texts = new ArrayList<>();
    json("/repos/" + repository + "/issues/" + number(entry) + "/comments")
        .forEach(c -> texts.add(c.at("/body").asText()));
    return texts;
  }

  List<String> reviews(LedgerEntry entry) {
    List<String> all = new ArrayList<>();
    json(path(entry) + "/reviews")
        .forEach(r -> all.add(r.at("/user/login").asText() + " " + r.at("/state").asText()));
    return all;
  }

  void commit(LedgerEntry entry, String path, java.util.function.UnaryOperator<String> by) {
    edit(entry.status().proposal().branch(), path, by);
  }

  void edit(String branch, String path, java.util.function.UnaryOperator<String> by) {
    String at = "/repos/" + repository + "/contents/" + path;
    byte[] text = by.apply(text(path, branch)).getBytes(StandardCharsets.UTF_8);
    server.as(
        "alice",
        "PUT",
        at,
        Map.of(
            "branch",
            branch,
            "sha",
            json(at + "?ref=" + branch).at("/sha").asText(),
            "content",
            Base64.getEncoder().encodeToString(text),
            "message",
            "Mine"));
  }

  String text(String path, String branch) {
    String content =
        json("/repos/" + repository + "/contents/" + path + "?ref=" + branch)
            .at("/content")
            .asText();
    return new String(Base64.getMimeDecoder().decode(content), StandardCharsets.UTF_8);
  }

  JsonNode json(String path) {
    return parse(server.as("alice", "GET", path, null));
  }

  static JsonNode parse(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
