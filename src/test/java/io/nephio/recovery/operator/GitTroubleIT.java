package io.nephio.recovery.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.nephio.recovery.api.ClusterPolicy;
import io.nephio.recovery.api.Phase;
import io.nephio.recovery.deploy.RbacAudit;
import io.nephio.recovery.servers.Line;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * Whatever is wrong on the way to the Git server is said once, by its name, and mended without
 * loss.
 */
class GitTroubleIT {
  private static final String WRONG = "wrong-c4d2";
  private static final Map<String, String> RIGHT =
      Map.of("username", Stage.BOT, "password", Stage.BOT_PASSWORD);

  @AutoClose private static Stage stage;
  @AutoClose private static Line line;
  private static final AtomicBoolean login = new AtomicBoolean();
  private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();

  @BeforeAll
  static void set() {
    stage = new Stage();
    line = Line.to(stage.gitea.url(), new LoginPage());
    LOG.start();
    ((Logger) LoggerFactory.getLogger("io.nephio")).setLevel(ch.qos.logback.classic.Level.INFO);
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(LOG);
  }

  @AfterAll
  static void nothingWasRefused() {
    RbacAudit.nothingWasRefused(stage.management);
  }

  @AfterEach
  void clear() {
    stage.clear();
    stage.secret(RIGHT);
  }

  /** A proxy that wants to see a person first, if it does. */
  private static final class LoginPage implements Line.Cutter {
    @Override
    public Optional<Line.Reply> instead(Line.Request request) {
      return login.get()
          ? Optional.of(
              new Line.Reply(
                  "302 Found", List.of("Location: https://login.example.invalid/"), "Sign in"))
          : Optional.empty();
    }
  }

  /** Of one repository, told by what holds up the remediation. */
  enum Push {
    BranchInTheWay {
      @Override
      void begin(String repository) {
        stage.gitea.createBranch(repository, "recovery");
      }

      @Override
      void end(String repository) {
        delete(repository, "branches/recovery");
      }
    },
    Protected {
      @Override
      void begin(String repository) {
        stage.gitea.protect(repository, "recovery/**");
      }

      @Override
      void end(String repository) {
        delete(repository, "branch_protections/recovery%2F**");
      }
    },
    BaseMissing {
      @Override
      void begin(String repository) {
        stage.gitea.createBranch(repository, "renamed");
      }

      @Override
      void end(String repository) {
        stage.gitea.createBranch(repository, "deployed");
      }
    };

    abstract void begin(String repository);

    abstract void end(String repository);

    private static void delete(String repository, String what) {
      stage.gitea.as("nephio", "DELETE", "/repos/" + repository + "/" + what, null);
    }
  }

  @ParameterizedTest
  @EnumSource(Push.class)
  void holdsUpWhatIsToBePushedUntilItIsMended(Push trouble) {
    String namespace = trouble.name().toLowerCase(java.util.Locale.ROOT);
    String repository = "nephio/" + namespace;
    stage.repository(repository);
    trouble.begin(repository);
    String base = trouble == Push.BaseMissing ? "branch: deployed\n" : "";
    Workers workers = stage.workers(namespace, namespace, 2);
    stage.policy(namespace, "fleet", "repository: " + repository + "\n", base);
    workers.nodeDies(0);
    stage.start();

    Stage.waiting()
        .ignoreExceptionsInstanceOf(AssertionError.class)
        .until(() -> stage.blocked(namespace).isPresent());
    assertThat(stage.blocked(namespace).get().getReason()).isEqualTo(trouble.name());
    stage.passes(3);
    assertThat(stage.remediation(namespace).status().phase()).isEqualTo(Phase.Detected);
    assertThat(gitReady(namespace).get().getStatus()).isEqualTo("True");

    trouble.end(repository);
    stage.await(namespace, Phase.Proposed);
    assertThat(stage.blocked(namespace).filter(c -> c.getStatus().equals("True"))).isEmpty();
  }

  enum Trouble {
    SecretMissing {
      @Override
      void begin(String repository) {
        stage.repository(repository);
        stage.noSecret();
      }

      @Override
      void end(String repository) {
        stage.secret(RIGHT);
      }
    },
    SecretIncomplete {
      @Override
      void begin(String repository) {
        stage.repository(repository);
        stage.noSecret();
        stage.secret(Map.of("username", Stage.BOT));
      }

      @Override
      void end(String repository) {
        stage.secret(RIGHT);
      }
    },
    AuthorityInvalid {
      @Override
      void begin(String repository) {
        stage.repository(repository);
        stage.secret(
            Map.of("username", Stage.BOT, "password", Stage.BOT_PASSWORD, "ca.crt", "none"));
      }

      @Override
      void end(String repository) {
        stage.noSecret();
        stage.secret(RIGHT);
      }
    },
    CredentialRefused {
      @Override
      void begin(String repository) {
        stage.repository(repository);
        stage.secret(Map.of("username", Stage.BOT, "password", WRONG));
      }

      @Override
      void end(String repository) {
        stage.secret(RIGHT);
      }
    },
    GitUnreachable {
      @Override
      void begin(String repository) {
        stage.repository(repository);
        stage.gitea.stop();
      }

      @Override
      void end(String repository) {
        stage.gitea.resume();
      }
    },
    RepositoryMissing {
      @Override
      void begin(String repository) {}

      @Override
      void end(String repository) {
        stage.repository(repository);
      }
    },
    RepositoryArchived {
      @Override
      void begin(String repository) {
        stage.repository(repository);
        stage.gitea.archive(repository);
      }

      @Override
      void end(String repository) {
        stage.gitea.as("nephio", "PATCH", "/repos/" + repository, Map.of("archived", false));
      }
    },
    RepositoryEmpty {
      @Override
      void begin(String repository) {
        stage.gitea.createRepository(repository, false);
        stage.gitea.collaborator(repository, Stage.BOT, "write");
      }

      @Override
      void end(String repository) {
        stage.gitea.createFile(repository, "main", "README.md", "first");
      }
    },
    RepositoryMirror {
      @Override
      void begin(String repository) {
        String source = "nephio/source";
        stage.gitea.createRepository(source, true);
        stage.gitea.as(
            "nephio",
            "POST",
            "/repos/migrate",
            Map.of(
                "clone_addr",
                stage.gitea.url() + "/" + source + ".git",
                "repo_owner",
                "nephio",
                "repo_name",
                repository.substring("nephio/".length()),
                "mirror",
                true));
        stage.gitea.collaborator(repository, Stage.BOT, "write");
      }

      @Override
      void end(String repository) {
        stage.gitea.as("nephio", "DELETE", "/repos/" + repository, null);
        stage.repository(repository);
      }
    },
    NotGit {
      @Override
      void begin(String repository) {
        stage.repository(repository);
        login.set(true);
      }

      @Override
      void end(String repository) {
        login.set(false);
      }
    },
    RepositoryReadOnly {
      @Override
      void begin(String repository) {
        stage.gitea.createRepository(repository, true);
        stage.gitea.collaborator(repository, Stage.BOT, "read");
      }

      @Override
      void end(String repository) {
        stage.gitea.collaborator(repository, Stage.BOT, "write");
      }
    };

    abstract void begin(String repository);

    abstract void end(String repository);
  }

  @ParameterizedTest
  @EnumSource(Trouble.class)
  void isSaidOnceAndNothingIsLost(Trouble trouble) {
    String namespace = trouble.name().toLowerCase(java.util.Locale.ROOT);
    String repository = "nephio/" + namespace;
    trouble.begin(repository);
    Workers workers = stage.workers(namespace, namespace, 2);
    stage.policy(namespace, "fleet", "repository: " + repository);
    workers.nodeDies(0);
    stage.start(line.url());

    Stage.waiting().until(() -> gitReady(namespace).isPresent());
    assertThat(gitReady(namespace).get().getStatus()).isEqualTo("False");
    assertThat(gitReady(namespace).get().getReason()).isEqualTo(trouble.name());
    Stage.waiting()
        .untilAsserted(
            () ->
                assertThat(stage.readPolicy(namespace, "fleet").status().attention())
                    .singleElement()
                    .satisfies(
                        a ->
                            assertThat(a.why()).isEqualTo(gitReady(namespace).get().getMessage())));
    stage.passes(3);
    assertThat(stage.events(namespace, "fleet"))
        .filteredOn(e -> e.getReason().equals(trouble.name()))
        .hasSize(1);

    trouble.end(repository);
    stage.await(namespace, Phase.Proposed);
    assertThat(gitReady(namespace).get().getStatus()).isEqualTo("True");
    assertThat(everythingSaid(namespace)).doesNotContain(WRONG, Stage.BOT_PASSWORD);
  }

  private static Optional<Condition> gitReady(String namespace) {
    ClusterPolicy policy = stage.readPolicy(namespace, "fleet");
    return Conditions.find(policy.status().conditions(), "GitReady");
  }

  private static String everythingSaid(String namespace) {
    List<HasMetadata> objects =
        Stream.<HasMetadata>concat(
                Stream.of(stage.readPolicy(namespace, "fleet"), stage.remediation(namespace)),
                stage
                    .management
                    .client()
                    .events()
                    .v1()
                    .events()
                    .inAnyNamespace()
                    .list()
                    .getItems()
                    .stream())
            .toList();
    return Serialization.asYaml(objects)
        + String.join("\n", LOG.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
  }
}
