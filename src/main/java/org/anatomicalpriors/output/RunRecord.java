package org.anatomicalpriors.output;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.anatomicalpriors.files.AtomicFiles;
import org.anatomicalpriors.tensorflow.Engine;

/** How results came about, as JSON beside them: enough to make them again. */
final class RunRecord {

  private static final Gson GSON =
      new GsonBuilder()
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .serializeNulls()
          .registerTypeAdapter(Double.class, finite())
          .create();

  private final Map<String, Object> common;

  /**
   * @param run what all images of a run share
   */
  RunRecord(final Run run, final Engine engine) {
    common = run.toMap(engine);
  }

  /**
   * Writes the record of one image.
   *
   * @param written the files that hold its results
   */
  void write(
      final ResultPaths files,
      final List<Path> written,
      final InputFile input,
      final Map<String, Object> report,
      final Map<String, Double> seconds) {
    final Map<String, Object> all = new LinkedHashMap<>(common);
    all.put("input", identity(input));
    all.put(
        "files",
        written.stream().map(f -> f.getFileName().toString()).collect(Collectors.toList()));
    all.put("report", report);
    all.put("wall_seconds", seconds);
    final String json = GSON.toJson(all) + "\n";
    AtomicFiles.write(files.record(), out -> out.write(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static Map<String, Object> identity(final InputFile input) {
    final Map<String, Object> file = new LinkedHashMap<>();
    file.put("name", input.file().getFileName().toString());
    file.put("path", input.path());
    file.put("bytes", input.bytes());
    file.put("modified", input.modified().toString());
    file.put("sha256", input.sha256());
    if (!input.channels().isEmpty())
      file.put(
          "channels",
          input.channels().stream().map(RunRecord::identity).collect(Collectors.toList()));
    if (input.mask() != null) file.put("mask", identity(input.mask()));
    return file;
  }

  /** JSON has no word for NaN and infinities. */
  private static JsonSerializer<Double> finite() {
    return (value, type, context) -> {
      final JsonElement number = new JsonPrimitive(value);
      return Double.isFinite(value) ? number : JsonNull.INSTANCE;
    };
  }
}
