package org.anatomicalpriors.robustness;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.anatomicalpriors.files.Sha256;

/** What files hold, as short texts, without what differs between two runs that are the same. */
final class Digests {

  /** Seconds that steps took. */
  private static final List<String> TIMES = List.of("seconds", "wall_seconds");

  /** TensorFlow writes its graph's tables in no fixed order, so that checksums of it differ. */
  private static final List<String> UNORDERED =
      List.of("saved_model/saved_model.pb", "checksums.json");

  private Digests() {}

  /** Of the entries of a model, which are read to their ends. */
  static Map<String, String> ofModel(final Path file) throws IOException {
    final Map<String, String> digests = new TreeMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (final Enumeration<? extends ZipEntry> e = zip.entries(); e.hasMoreElements(); ) {
        final ZipEntry entry = e.nextElement();
        try (InputStream in = zip.getInputStream(entry)) {
          final byte[] content = in.readAllBytes();
          if (!UNORDERED.contains(entry.getName()))
            digests.put(entry.getName(), Sha256.of(content));
        }
      }
    }
    return digests;
  }

  /** Of all finished files of a folder. */
  static Map<String, String> ofFolder(final Path folder) throws IOException {
    final Map<String, String> digests = new TreeMap<>();
    for (final Path file : WholeFiles.finished(folder))
      digests.put(
          folder.relativize(file).toString(),
          file.toString().endsWith(".json") ? record(file) : Sha256.of(file));
    return digests;
  }

  private static String record(final Path file) throws IOException {
    final JsonObject record = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    removeTimes(record);
    return record.toString();
  }

  private static void removeTimes(final JsonObject object) {
    TIMES.forEach(object::remove);
    for (final Map.Entry<String, JsonElement> e : object.entrySet())
      if (e.getValue().isJsonObject()) removeTimes(e.getValue().getAsJsonObject());
  }
}
