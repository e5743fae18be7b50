package org.anatomicalpriors.output;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.tensorflow.Arithmetic;

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
   * Whether the image, its other channels and its mask have not changed.
   *
   * @throws InvalidInputException if it is another one
   */
  public boolean isOf(final InputFile input) {
    final String path = text("input", "path");
    final boolean same = isUnchanged(input, "input");
    if (!same && !path.isEmpty() && !path.equals(input.path()))
      throw new InvalidInputException(
          files.record()
              + " tells of results of "
              + path
              + ", another image than "
              + input.file()
              + " but of the same name; choose another output folder, or delete those results if they are not needed.");
    return same && isWith(input.channels()) && isWithin(input.mask());
  }

  private boolean isWith(final List<InputFile> channels) {
    for (int i = 0; i < channels.size(); i++)
      if (!isUnchanged(channels.get(i), "input", "channels", Integer.toString(i))) return false;
    return told("path", "input", "channels", Integer.toString(channels.size())).isEmpty();
  }

  private boolean isWithin(final InputFile mask) {
    return mask == null
        ? text("input", "mask", "path").isEmpty()
        : isUnchanged(mask, "input", "mask");
  }

  /**
   * Whether a file is the one of which the record tells: by its place, size and time, or its hash.
   *
   * @param keys where the record tells of it
   */
  private boolean isUnchanged(final InputFile file, final String... keys) {
    if (!told("bytes", keys).equals(Long.toString(file.bytes()))) return false;
    return told("path", keys).equals(file.path())
            && told("modified", keys).equals(file.modified().toString())
        || told("sha256", keys).equals(file.sha256());
  }

  private String told(final String what, final String... keys) {
    final String[] all = Arrays.copyOf(keys, keys.length + 1);
    all[keys.length] = what;
    return text(all);
  }

  private boolean isBy(final Run run, final Map<String, String> settings) {
    return text("version").equals(run.version())
        && text("model", "sha256").equals(run.modelHash())
        && precision().equals(run.precision())
        && settings.entrySet().stream()
            .allMatch(s -> text("settings", s.getKey()).equals(s.getValue()));
  }

  /** Records of before the precision could be chosen do not tell it. */
  private String precision() {
    final String told = text("precision");
    return told.isEmpty() ? Arithmetic.FLOAT32.toString() : told;
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
    for (final String key : keys) at = within(at, key);
    return at != null && at.isJsonPrimitive() ? at.getAsString() : "";
  }

  /** What is at a key of an object, or at an index of an array; null if nothing is. */
  private static JsonElement within(final JsonElement at, final String key) {
    if (at instanceof JsonObject) return ((JsonObject) at).get(key);
    if (!(at instanceof JsonArray) || !key.matches("\\d{1,4}")) return null;
    final int index = Integer.parseInt(key);
    return index < ((JsonArray) at).size() ? ((JsonArray) at).get(index) : null;
  }
}
