package io.nephio.recovery.clusters;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.nephio.recovery.facts.Reach;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The connection to one workload cluster.
 *
 * <p>Whatever goes wrong makes the next look read the kubeconfig anew: Cluster API renews it, and a
 * client that was built from an old one would be refused for ever.
 */
final class Connection implements AutoCloseable {
  private final KubeconfigSecret secret;
  private @Nullable KubernetesClient client;
  private String kubeconfig = "";
  private boolean suspect = true;
  private @Nullable Instant since;

  Connection(KubeconfigSecret secret) {
    this.secret = secret;
  }

  synchronized Contact contact(Instant at) {
    if (suspect) {
      Optional<Reach> problem = reload(at);
      if (problem.isPresent()) {
        return Contact.none(problem.get());
      }
    }
    return ask(at);
  }

  private Optional<Reach> reload(Instant at) {
    KubeconfigSecret.Read read = secret.read();
    if (read instanceof KubeconfigSecret.Absent absent) {
      return Optional.of(new Reach.Unreachable(failing(at), absent.text()));
    }
    String text = ((KubeconfigSecret.Found) read).kubeconfig();
    if (client != null && text.equals(kubeconfig)) {
      return Optional.empty();
    }
    disconnect();
    try {
      client = connect(Kubeconfig.config(text));
      kubeconfig = text;
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      String problem = "the kubeconfig cannot be used: " + e.getMessage();
      return Optional.of(new Reach.CredentialProblem(failing(at), problem));
    }
  }

  /**
   * What is wrong with a certificate in it shows only now, in as many ways as there are parsers.
   */
  private static KubernetesClient connect(Config config) {
    try {
      return new KubernetesClientBuilder().withConfig(config).build();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("a certificate, key or address in it cannot be read");
    }
  }

  private Contact ask(Instant at) {
    KubernetesClient asked = client;
    if (asked == null) {
      return Contact.none(new Reach.NotTried());
    }
    Contact answer = Contact.ask(asked, since == null ? at : since);
    suspect = answer.client().isEmpty();
    since = suspect ? failing(at) : null;
    return answer;
  }

  private Instant failing(Instant at) {
    Instant first = since == null ? at : since;
    since = first;
    return first;
  }

  private void disconnect() {
    if (client != null) {
      client.close();
      client = null;
    }
  }

  @Override
  public synchronized void close() {
    disconnect();
  }
}
