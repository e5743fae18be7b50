package org.anatomicalpriors.fiji;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.Version;
import org.anatomicalpriors.files.Sha256;
import org.anatomicalpriors.segmentation.Segmentation;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.Engine;

/** How a result in memory was made, as JSON. */
final class Report {

  private Report() {}

  static String json(
      final FijiModel model,
      final Settings settings,
      final InputImage input,
      final List<Segmentation> results) {
    final Map<String, Object> all = new LinkedHashMap<>();
    all.put("version", Version.current());
    all.put("tensorflow", Engine.version());
    all.put("device", model.engine().device().toString());
    all.put("threads", model.engine().threads());
    all.put("precision", model.engine().arithmetic().toString());
    final Map<String, String> file = new LinkedHashMap<>();
    file.put("name", model.file().getName());
    file.put("sha256", Sha256.of(model.file().toPath()));
    all.put("model", file);
    all.put("settings", settings.toTexts());
    final Map<String, String> image = new LinkedHashMap<>();
    image.put("name", input.name());
    image.put("grid", input.grid().toString());
    image.put(
        "calibration",
        !settings.get(ImageParameters.VOXEL_SIZE).trim().isEmpty()
            ? "the voxel size given"
            : input.grid().unit().equals("pixel")
                ? "none: 1 x 1 x 1 pixel assumed"
                : "the image's own");
    all.put("image", image);
    final List<Object> frames = new ArrayList<>();
    results.forEach(r -> frames.add(r.report()));
    if (frames.size() == 1) all.put("report", frames.get(0));
    else all.put("frames", frames);
    return new GsonBuilder()
        .setPrettyPrinting()
        .disableHtmlEscaping()
        .serializeNulls()
        .registerTypeAdapter(Double.class, finite())
        .create()
        .toJson(all);
  }

  /** JSON has no word for NaN and infinities. */
  private static JsonSerializer<Double> finite() {
    return (value, type, context) -> {
      final JsonElement number = new JsonPrimitive(value);
      return Double.isFinite(value) ? number : JsonNull.INSTANCE;
    };
  }
}
