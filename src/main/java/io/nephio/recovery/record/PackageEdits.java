package io.nephio.recovery.record;

import io.nephio.recovery.api.Action;
import io.nephio.recovery.api.RemediationSpec;
import io.nephio.recovery.facts.ObjectRef;
import io.nephio.recovery.plan.PackagePlace;
import io.nephio.recovery.plan.PackagePlaces;
import io.nephio.recovery.plan.Restorable;
import io.nephio.recovery.plan.Review;
import io.nephio.recovery.yaml.Annotation;
import io.nephio.recovery.yaml.Editing;
import io.nephio.recovery.yaml.Editor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds the manifest that a remediation is about, and edits it where the edit is the remedy.
 *
 * <p>The same manifest at the same instant gives the same bytes, and their digest is what is
 * approved: that of the one document of the file, as others may share the file and change, or be
 * edited by another remediation, while people decide.
 */
public final class PackageEdits {
  private static final int NAMED = 3;

  private final Packages packages;
  private final PackagePlace.At place;

  private PackageEdits(Packages packages, PackagePlace.At place) {
    this.packages = packages;
    this.place = place;
  }

  /**
   * The edit of an act that needs one.
   *
   * @param open the packages at a place; nothing if there is no way to them
   * @param at also the time that a restart is marked with
   */
  public static PackageEdit of(
      Action action,
      ObjectRef target,
      PackagePlace place,
      Function<PackagePlace.At, Optional<Packages>> open,
      Instant at) {
    if (place instanceof PackagePlace.At there) {
      return open.apply(there)
          .map(packages -> new PackageEdits(packages, there).of(action, target, at))
          .orElseGet(
              () ->
                  new PackageEdit.None(
                      "the packages in " + there.repository() + " are not at hand"));
    }
    return new PackageEdit.None(((PackagePlace.Nowhere) place).why());
  }

  /** Whether the manifest of a CRD can be taken from a package. */
  public static Restorable restorable(
      PackagePlaces places, Function<PackagePlace.At, Optional<Packages>> open) {
    return (cluster, object) -> {
      PackagePlace place = places.of(cluster);
      if (place instanceof PackagePlace.At there && open.apply(there).isEmpty()) {
        return Restorable.NOTHING.obstacle(cluster, object);
      }
      return of(Action.ReapplyCrd, object, place, open, Instant.EPOCH)
              instanceof PackageEdit.None none
          ? Optional.of(none.why())
          : Optional.empty();
    };
  }

  /** The edit of a record made once more; empty if the package no longer gives what it gave. */
  public static Optional<Map<String, String>> again(
      RemediationSpec spec, PackagePlace.At place, Optional<Packages> packages) {
    if (spec.edit() == null) {
      return Optional.of(Map.of());
    }
    return of(spec.action(), target(spec), place, there -> packages, spec.proposedAt())
                instanceof PackageEdit.Found found
            && found.edit().equals(spec.edit())
        ? Optional.of(found.files())
        : Optional.empty();
  }

  /** Compares record and package at the merge commit with what was proposed. */
  public static Review review(
      String name,
      String path,
      RemediationSpec proposed,
      Function<String, Optional<String>> files) {
    Review review = RecordFile.review(name, proposed, files.apply(path));
    RemediationSpec.Edit edit = proposed.edit();
    if (edit == null || !(review instanceof Review.Confirmed)) {
      return review;
    }
    String merged =
        files.apply(edit.path()).flatMap(text -> digest(text, target(proposed))).orElse("absent");
    return merged.equals(edit.sha256())
        ? review
        : new Review.Edited(edit.path(), edit.sha256(), merged);
  }

  /**
   * Whether a pull request that people have added commits to leaves the rest of the edited file as
   * it found it.
   *
   * @param before at the commit of the base branch that the pull request begins from
   * @param after at the head of the pull request
   */
  public static boolean isAlone(
      RemediationSpec proposed,
      Function<String, Optional<String>> before,
      Function<String, Optional<String>> after) {
    RemediationSpec.Edit edit = proposed.edit();
    return edit == null
        || others(proposed, before.apply(edit.path()))
            .equals(others(proposed, after.apply(edit.path())));
  }

  private static Optional<List<String>> others(RemediationSpec spec, Optional<String> text) {
    return text.flatMap(t -> Manifests.around(t, target(spec))).map(Manifests.Surrounded::others);
  }

  /** Whether a record that was merged is no longer there, or asks for nothing any more. */
  public static boolean isRevoked(
      String name,
      String path,
      RemediationSpec proposed,
      Function<String, Optional<String>> files) {
    Optional<String> now = files.apply(path);
    return now.isEmpty() || RecordFile.review(name, proposed, now) instanceof Review.NothingToDo;
  }

  /**
   * The manifest that a record points at, as JSON.
   *
   * @param files at the merge commit; empty comes back where it is not what was approved
   */
  public static Optional<String> manifest(
      RemediationSpec spec, Function<String, Optional<String>> files) {
    return Optional.ofNullable(spec.edit())
        .flatMap(
            edit ->
                files
                    .apply(edit.path())
                    .flatMap(text -> Manifests.around(text, target(spec)))
                    .map(Manifests.Surrounded::document)
                    .filter(document -> digest(document).equals(edit.sha256())))
        .flatMap(document -> Manifests.json(document, target(spec)));
  }

  private static ObjectRef target(RemediationSpec spec) {
    RemediationSpec.Target target = spec.target();
    return new ObjectRef(
        target.apiVersion(), target.kind(), target.namespace(), target.name(), target.uid());
  }

  private PackageEdit of(Action action, ObjectRef target, Instant at) {
    List<Manifest> found =
        packages.find(target).stream().filter(m -> place.holds(m.path())).toList();
    String where =
        place.repository() + (place.directory().isEmpty() ? "" : "/" + place.directory());
    if (found.isEmpty()) {
      return new PackageEdit.None("no package in " + where + " holds " + target + unread(target));
    }
    if (found.size() > 1) {
      String places =
          found.stream().limit(NAMED).map(Manifest::path).collect(Collectors.joining(", "));
      return new PackageEdit.None(target + " is in " + where + " more than once: " + places);
    }
    Manifest manifest = found.get(0);
    String text = packages.read(manifest.path()).orElseThrow();
    return action == Action.ReapplyCrd
        ? found(manifest, target, text, Map.of())
        : restart(manifest, target, text, at);
  }

  /** It may be there all the same, where nobody but a person can see it. */
  private String unread(ObjectRef target) {
    return packages.unread(target).entrySet().stream()
        .filter(file -> place.holds(file.getKey()))
        .limit(NAMED)
        .map(file -> "; " + file.getKey() + " cannot be read: " + file.getValue())
        .collect(Collectors.joining());
  }

  private PackageEdit restart(Manifest manifest, ObjectRef target, String text, Instant at) {
    if (manifest.entry().listed()) {
      return new PackageEdit.None(manifest.path() + " is not edited: it holds it in a List");
    }
    List<Annotation> marks =
        List.of(
            Annotation.of("recovery.nephio.io/restarted", "true"),
            Annotation.ofPodTemplate("kubectl.kubernetes.io/restartedAt", at.toString()));
    Editing editing = Editor.annotate(text, manifest.entry().document(), marks);
    if (editing instanceof Editing.Edited edited) {
      return found(manifest, target, edited.text(), Map.of(manifest.path(), edited.text()));
    }
    return new PackageEdit.None(
        manifest.path() + " is not edited: " + ((Editing.Refused) editing).why());
  }

  private PackageEdit found(
      Manifest manifest, ObjectRef target, String text, Map<String, String> files) {
    return digest(text, target)
        .<PackageEdit>map(
            digest ->
                new PackageEdit.Found(
                    new RemediationSpec.Edit(
                        manifest.path(), manifest.pkg(), digest, place.remembered()),
                    files))
        .orElseGet(
            () ->
                new PackageEdit.None(
                    manifest.path() + " is not edited: its documents cannot be told apart"));
  }

  /** Of the document that holds the object; empty unless there is one. */
  private static Optional<String> digest(String text, ObjectRef object) {
    return Manifests.around(text, object).map(found -> digest(found.document()));
  }

  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
