package io.nephio.recovery.observe.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what the command line names: files, directory trees, standard input. */
public final class Input {
  private static final String STANDARD_INPUT = "-";

  private static final int START = 4096;
  private static final Pattern API_VERSION =
      Pattern.compile("(?m)^[\\s\\-{]*\"?apiVersion\"?\\s*:");

  private final InputStream standardInput;

  public Input(InputStream standardInput) {
    this.standardInput = standardInput;
  }

  Documents read(List<String> paths) {
    Documents all = new Documents();
    paths.forEach(path -> all.add(read(path)));
    return all;
  }

  private Documents read(String path) {
    try {
      if (path.equals(STANDARD_INPUT)) {
        return file("standard input", standardInput.readAllBytes());
      }
      Path place = Path.of(path);
      return Files.isDirectory(place)
          ? directory(path, place.toRealPath())
          : file(path, Files.readAllBytes(place));
    } catch (NoSuchFileException | InvalidPathException e) {
      return problem(path + ": no such file or directory");
    } catch (IOException e) {
      return problem(path + ": cannot be read: " + e.getMessage());
    }
  }

  private static Documents file(String name, byte[] bytes) {
    Documents documents = text(name, bytes);
    if (documents.isEmpty() && documents.problems().isEmpty()) {
      documents.problems().add(name + ": no Kubernetes object in it");
    }
    return documents;
  }

  private static Documents text(String name, byte[] bytes) {
    try {
      Optional<Documents> json = Documents.json(name, bytes);
      return json.isPresent() ? json.get() : Documents.parse(name, Encoding.decode(bytes));
    } catch (CharacterCodingException e) {
      return problem(name + ": neither UTF-8 nor UTF-16 text");
    }
  }

  /** A dump holds much besides objects, such as logs: what is none is passed over. */
  private static Documents directory(String name, Path directory) throws IOException {
    Documents all = new Documents();
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path file : tree.filter(Input::mayHoldObjects).sorted().toList()) {
        String shown = Path.of(name).resolve(directory.relativize(file)).toString();
        byte[] bytes = Files.readAllBytes(file);
        Documents found = text(shown, bytes);
        if (!meantAsObjects(bytes)) {
          found.problems().clear();
        }
        all.add(found);
      }
    }
    if (all.isEmpty()) {
      all.problems().add(name + ": no Kubernetes object in any .yaml, .yml or .json file of it");
    }
    return all;
  }

  /**
   * Whether it begins like an object: then what cannot be read of it was cut off or garbled, and
   * passing over it would hide what it told.
   */
  private static boolean meantAsObjects(byte[] bytes) {
    String start =
        new String(bytes, 0, Math.min(bytes.length, START), StandardCharsets.ISO_8859_1)
            .replace("\0", "");
    return API_VERSION.matcher(start).find();
  }

  private static boolean mayHoldObjects(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file)
        && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
  }

  private static Documents problem(String line) {
    Documents documents = new Documents();
    documents.problems().add(line);
    return documents;
  }
}
