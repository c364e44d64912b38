package io.nephio.recovery.plan;

import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.facts.Cluster;
import io.nephio.recovery.facts.ClusterRef;
import io.nephio.recovery.facts.Known;
import io.nephio.recovery.facts.PorchRepository;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where the packages of clusters are: where the policy says; else in what Porch has registered
 * under the Cluster's name; else where Nephio has them.
 *
 * <p>The credential goes to one server only, so what is registered elsewhere is not followed.
 *
 * @param server address of the Git server; empty where none is known, as in a plan on files
 */
public record PackagePlaces(Policy policy, String server) {
  private static final String NEPHIO = "nephio/{cluster}";
  private static final Pattern NAME =
      Pattern.compile(
          "/(?![.]{1,2}/)([A-Za-z0-9._-]{1,100}/(?![.]{1,2}(?:[.]git)?/?$)[A-Za-z0-9._-]{1,100}?)(?:[.]git)?/?");

  public PackagePlace of(Cluster cluster) {
    boolean said = !policy.spec().workloadRepository().isEmpty();
    if (said || cluster.ref().name().equals(Cluster.MANAGEMENT)) {
      return said(cluster.ref());
    }
    if (!(cluster.management().repositories() instanceof Known.Seen<PorchRepository> seen)) {
      return new PackagePlace.Nowhere("Porch's Repository objects cannot be read");
    }
    List<PorchRepository> registered = seen.items();
    if (registered.size() > 1) {
      return new PackagePlace.Nowhere(
          "Porch has several Repository objects of this cluster: "
              + registered.stream()
                  .map(PorchRepository::toString)
                  .sorted()
                  .collect(Collectors.joining(", ")));
    }
    return registered.isEmpty() ? said(cluster.ref()) : registered(registered.get(0));
  }

  /** Where a record goes: to the package that takes part in it, else where the policy says. */
  public PackagePlace.At of(RemediationSpec spec) {
    return spec.edit() == null
        ? PackagePlace.At.said(policy.spec().repository(), policy.spec().branch())
        : of(spec.edit(), Ledger.cluster(spec));
  }

  /** Where an edit that was made is, whatever the facts are now. */
  PackagePlace.At of(RemediationSpec.Edit edit, ClusterRef cluster) {
    return edit.place() == null ? said(cluster) : PackagePlace.At.of(edit.place());
  }

  /** What the management cluster runs is in the policy's own repository. */
  private PackagePlace.At said(ClusterRef cluster) {
    String own = policy.spec().repository();
    String written = policy.spec().workloadRepository();
    String repository =
        cluster.name().equals(Cluster.MANAGEMENT)
            ? own
            : (written.isEmpty() ? NEPHIO : written)
                .replace("{cluster}", cluster.name())
                .replace("{namespace}", cluster.namespace());
    return PackagePlace.At.said(repository, repository.equals(own) ? policy.spec().branch() : "");
  }

  private PackagePlace registered(PorchRepository repository) {
    String who = "Porch's Repository " + repository;
    Optional<URI> address = http(repository.address());
    if (address.isEmpty()) {
      return new PackagePlace.Nowhere(who + " has no http or https address");
    }
    if (!isHere(address.get())) {
      return new PackagePlace.Nowhere(
          who + " is on " + host(address.get()) + ", which is not the operator's Git server");
    }
    Matcher name = NAME.matcher(String.valueOf(address.get().getPath()).substring(base().length()));
    return name.matches()
        ? new PackagePlace.At(name.group(1), repository.branch(), repository.directory(), true)
        : new PackagePlace.Nowhere(who + " has an address that does not end in owner/name");
  }

  private boolean isHere(URI address) {
    return http(server)
        .map(
            own ->
                host(own).equals(host(address))
                    && String.valueOf(address.getPath()).startsWith(base() + "/"))
        .orElse(true);
  }

  /** A Git server may live below a path. */
  private String base() {
    return http(server).map(own -> own.getPath().replaceAll("/+$", "")).orElse("");
  }

  /** And the port; whoever wrote a credential into an address does not find it elsewhere. */
  private static String host(URI address) {
    int usual = address.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    return address.getHost().toLowerCase(Locale.ROOT)
        + ":"
        + (address.getPort() < 0 ? usual : address.getPort());
  }

  private static Optional<URI> http(String text) {
    try {
      URI address = URI.create(text.strip());
      boolean http =
          "http".equalsIgnoreCase(address.getScheme())
              || "https".equalsIgnoreCase(address.getScheme());
      return http && address.getHost() != null ? Optional.of(address) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
