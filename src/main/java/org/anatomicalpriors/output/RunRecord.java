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
import java.util.Map;
import org.anatomicalpriors.Version;
import org.anatomicalpriors.files.AtomicFiles;
import org.anatomicalpriors.io.ImageFiles;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.settings.Settings;
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

  private final Map<String, Object> common = new LinkedHashMap<>();

  /**
   * What all images of a run share.
   *
   * @param model file of the prior or segmenter
   * @param settings of the segmentation
   */
  RunRecord(final Path model, final Engine engine, final Settings settings) {
    common.put("version", Version.current());
    common.put("tensorflow", Engine.version());
    common.put("device", engine.device().toString());
    common.put("threads", engine.threads());
    common.put("model", file(model, ModelBundle.sha256(model)));
    common.put("settings", settings.toTexts());
  }

  /** Writes the record of one image. */
  void write(
      final Path target,
      final Path input,
      final Map<String, Object> report,
      final Map<String, Double> seconds) {
    final Map<String, Object> all = new LinkedHashMap<>(common);
    all.put("input", file(input, ImageFiles.hash(input)));
    all.put("report", report);
    all.put("wall_seconds", seconds);
    final String json = GSON.toJson(all) + "\n";
    AtomicFiles.write(target, out -> out.write(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static Map<String, String> file(final Path file, final String hash) {
    final Map<String, String> entry = new LinkedHashMap<>();
    entry.put("name", file.getFileName().toString());
    entry.put("sha256", hash);
    return entry;
  }

  /** JSON has no word for NaN and infinities. */
  private static JsonSerializer<Double> finite() {
    return (value, type, context) -> {
      final JsonElement number = new JsonPrimitive(value);
      return Double.isFinite(value) ? number : JsonNull.INSTANCE;
    };
  }
}
