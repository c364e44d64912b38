package io.nephio.recovery.git;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/**
 * One repository of the server, spoken to in git's own protocol.
 *
 * <p>A server that checks a password takes long over every request. So what is fetched is asked for
 * over the connection that the branches were listed over, three requests in all, where JGit's own
 * fetch would list them once more. It also walks over everything that has come, to see that nothing
 * is missing; here what is missing shows when it is read, and the cache is made anew.
 */
record Remote(GitServer server, String repository, Deadline deadline) {
  private static final int SECONDS_FOR_A_READ = 20;

  /** A server of many pull requests has a reference for each, which nobody asks for here. */
  private static final RefSpec BRANCHES =
      new RefSpec(Constants.R_HEADS + "*:" + Constants.R_HEADS + "*");

  /** The branches and their tips, and which of them is the default one, if any is. */
  record Advertised(Map<String, String> branches, @Nullable String head) {
    /**
     * One that is there.
     *
     * @param asked empty for the default one
     */
    Optional<Branch> branch(String asked) {
      String name = asked.isEmpty() ? head : asked;
      String tip = name == null ? null : branches.get(name);
      return name == null || tip == null ? Optional.empty() : Optional.of(new Branch(name, tip));
    }
  }

  record Branch(String name, String tip) {}

  record Pushed(RemoteRefUpdate.Status status, String message, String said) {
    private static final Set<RemoteRefUpdate.Status> DONE =
        EnumSet.of(
            RemoteRefUpdate.Status.OK,
            RemoteRefUpdate.Status.UP_TO_DATE,
            RemoteRefUpdate.Status.NON_EXISTING);

    private boolean isDone() {
      return DONE.contains(status);
    }
  }

  private interface Exchange<T> {
    T over(Transport transport) throws IOException;
  }

  Advertised list(Cache cache) throws Fault {
    return exchange(
        cache,
        "git list",
        transport -> {
          try (FetchConnection connection = open(transport)) {
            return advertised(connection.getRefsMap());
          }
        });
  }

  /**
   * Lists the branches, and fetches one of them if it is there and its tip is not in the cache.
   *
   * @param asked empty for the default one
   */
  Advertised fetch(Cache cache, String asked) throws Fault {
    return exchange(
        cache,
        "git fetch",
        transport -> {
          // Only the first time: each further shallow fetch would cut the history once more.
          if (cache.isEmpty()) {
            transport.setDepth(1);
          }
          try (FetchConnection connection = open(transport)) {
            Map<String, Ref> refs = connection.getRefsMap();
            Advertised advertised = advertised(refs);
            Optional<Branch> branch = advertised.branch(asked);
            if (branch.isPresent() && !cache.contents().holds(branch.get().tip())) {
              Ref tip = refs.get(Constants.R_HEADS + branch.get().name());
              connection.fetch(NullProgressMonitor.INSTANCE, List.of(tip), Set.of());
              cache.keep(branch.get());
            }
            return advertised;
          }
        });
  }

  private static FetchConnection open(Transport transport) throws IOException {
    return transport.openFetch(List.of(BRANCHES), Constants.HEAD);
  }

  void fetchCommit(Cache cache, String id) throws Fault {
    RefSpec spec = new RefSpec(id + ":" + Cache.REFS + "commits/" + id);
    exchange(
        cache,
        "git fetch",
        transport -> {
          transport.setDepth(1);
          return transport.fetch(NullProgressMonitor.INSTANCE, List.of(spec));
        });
  }

  Pushed create(Cache cache, String branch, String commit) throws Fault {
    return push(cache, branch, ObjectId.fromString(commit), ObjectId.zeroId());
  }

  Pushed delete(Cache cache, String branch, String expected) throws Fault {
    return push(cache, branch, ObjectId.zeroId(), ObjectId.fromString(expected));
  }

  private Pushed push(Cache cache, String branch, ObjectId id, ObjectId expected) throws Fault {
    return exchange(
        cache,
        "git push",
        transport -> {
          boolean force = id.equals(ObjectId.zeroId());
          RemoteRefUpdate update =
              new RemoteRefUpdate(
                  cache.repository(),
                  (String) null,
                  id,
                  Constants.R_HEADS + branch,
                  force,
                  null,
                  expected);
          PushResult result = transport.push(NullProgressMonitor.INSTANCE, List.of(update));
          String message = update.getMessage() == null ? "" : update.getMessage();
          return new Pushed(update.getStatus(), message, result.getMessages());
        });
  }

  private <T> T exchange(Cache cache, String operation, Exchange<T> exchange) throws Fault {
    Optional<String> pause = server.pause().reason();
    if (pause.isPresent()) {
      throw Fault.paused(pause.get());
    }
    Answers answers = new Answers(server.trust());
    try {
      T done =
          deadline.run(
              () -> {
                try (Transport transport = transport(cache, answers)) {
                  return exchange.over(transport);
                }
              });
      // A refused branch is no fault: the exchange was in order.
      boolean isRefused = done instanceof Pushed pushed && !pushed.isDone();
      server.calls().made(operation, isRefused ? "refused" : "ok");
      return done;
    } catch (IOException e) {
      Answers.Last last = answers.last();
      Fault fault = Fault.of(e, last);
      server.pause().heed(last.status(), last.retryAfter(), last.date());
      server.calls().made(operation, fault.outcome(last));
      throw fault;
    }
  }

  private Transport transport(Cache cache, Answers answers) throws IOException {
    try {
      URIish address = new URIish(server.url() + "/" + repository + ".git");
      TransportHttp transport = (TransportHttp) Transport.open(cache.repository(), address);
      transport.setTimeout(SECONDS_FOR_A_READ);
      transport.setTagOpt(TagOpt.NO_TAGS);
      transport.setHttpConnectionFactory(answers);
      // No provider of credentials: it would hand them to whatever host a redirect leads to.
      transport.setCredentialsProvider(null);
      transport.setPreemptiveBasicAuthentication(
          server.credential().username(), server.credential().password());
      return transport;
    } catch (URISyntaxException e) {
      throw new IOException("not an address", e);
    }
  }

  private static Advertised advertised(Map<String, Ref> refs) {
    Map<String, String> branches = new TreeMap<>();
    refs.forEach(
        (name, ref) -> {
          if (name.startsWith(Constants.R_HEADS) && ref.getObjectId() != null) {
            branches.put(name.substring(Constants.R_HEADS.length()), ref.getObjectId().name());
          }
        });
    Ref head = refs.get(Constants.HEAD);
    String target = head != null && head.isSymbolic() ? head.getTarget().getName() : "";
    boolean isBranch = target.startsWith(Constants.R_HEADS);
    return new Advertised(branches, isBranch ? target.substring(Constants.R_HEADS.length()) : null);
  }
}
