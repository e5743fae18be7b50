package org.anatomicalpriors.output;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.anatomicalpriors.InvalidInputException;

/** What a record says about results that lie in a folder, compared with what a run would make. */
public final class PastRun {

  private final ResultPaths files;
  private final JsonObject json;

  private PastRun(final ResultPaths files, final JsonObject json) {
    this.files = files;
    this.json = json;
  }

  /** The record of an image's results, if there is one that can be read. */
  public static Optional<PastRun> of(final ResultPaths files) {
    try {
      final JsonElement json = JsonParser.parseString(Files.readString(files.record()));
      return json.isJsonObject()
          ? Optional.of(new PastRun(files, json.getAsJsonObject()))
          : Optional.empty();
    } catch (final IOException | JsonParseException e) {
      return Optional.empty(); // None, or another program's: there is nothing to skip.
    }
  }

  /** True if {@code run} would make the same labels of the same image, and all files are there. */
  public boolean hasLabelsOf(final Run run) {
    return isBy(run, run.labelSettings()) && isComplete();
  }

  /**
   * True if {@code run} would make the same results of this input, and all of them are there.
   *
   * @throws InvalidInputException if they are of another image that has the same name
   */
  public boolean isDone(final Run run, final InputFile input) {
    return isOf(input)
        && isBy(run, run.influentialSettings())
        && isComplete()
        && names().containsAll(fileNames(Set.copyOf(files.requested(run.extras()))));
  }

  /**
   * Whether the image has not changed.
   *
   * @throws InvalidInputException if it is another one
   */
  public boolean isOf(final InputFile input) {
    final String path = text("input", "path");
    final boolean sameSize = text("input", "bytes").equals(Long.toString(input.bytes()));
    final boolean samePath = path.equals(input.path());
    if (samePath && sameSize && text("input", "modified").equals(input.modified().toString()))
      return true;
    final boolean same = sameSize && text("input", "sha256").equals(input.sha256());
    if (!same && !samePath && !path.isEmpty())
      throw new InvalidInputException(
          files.record()
              + " tells of results of "
              + path
              + ", another image than "
              + input.file()
              + " but of the same name; choose another output folder, or delete those results if they are not needed.");
    return same;
  }

  private boolean isBy(final Run run, final Map<String, String> settings) {
    return text("version").equals(run.version())
        && text("model", "sha256").equals(run.modelHash())
        && settings.entrySet().stream()
            .allMatch(s -> text("settings", s.getKey()).equals(s.getValue()));
  }

  private boolean isComplete() {
    final Set<String> names = names();
    return !names.isEmpty()
        && names.stream().allMatch(n -> Files.isRegularFile(files.record().resolveSibling(n)));
  }

  private Set<String> names() {
    final Set<String> names = new TreeSet<>();
    final JsonElement list = json.get("files");
    if (list instanceof JsonArray)
      for (final JsonElement name : (JsonArray) list)
        if (name.isJsonPrimitive()) names.add(name.getAsString());
    return names;
  }

  private static Set<String> fileNames(final Set<Path> paths) {
    final Set<String> names = new TreeSet<>();
    paths.forEach(p -> names.add(p.getFileName().toString()));
    return names;
  }

  /** The text or number at a place in the record; empty if there is none. */
  private String text(final String... keys) {
    JsonElement at = json;
    for (final String key : keys) at = at instanceof JsonObject ? ((JsonObject) at).get(key) : null;
    return at != null && at.isJsonPrimitive() ? at.getAsString() : "";
  }
}
