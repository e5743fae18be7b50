package org.anatomicalpriors.tensorflow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * TensorFlow 2 as another plugin has loaded it into this process. Class loaders keep Java classes
 * apart, but Linux knows a native library by its file name alone: ours would be bound to the other
 * plugin's {@code libtensorflow_cc.so.2} and crash the process where the releases differ.
 * TensorFlow 1 has other file names.
 */
final class ForeignLibrary {

  private static final String SHARED = "libtensorflow_(cc|framework)\\.so\\.2(\\..*)?";

  private ForeignLibrary() {}

  /**
   * Call it before this plugin's own library is loaded.
   *
   * @throws EngineException if there is one already
   */
  static void refuse() {
    final Path maps = Paths.get("/proc/self/maps");
    if (!Files.isReadable(maps)) return; // not Linux
    try (Stream<String> lines = Files.lines(maps, StandardCharsets.ISO_8859_1)) {
      final Optional<String> other = find(lines);
      if (other.isPresent())
        throw new EngineException(
            "Another plugin has loaded its own TensorFlow 2 ("
                + other.get()
                + "), and a process can hold only one; restart Fiji and use Anatomical Priors"
                + " before that plugin, or in a Fiji of its own.");
    } catch (final IOException e) {
      // The work goes on without this check.
      LoggerFactory.getLogger(ForeignLibrary.class).debug("{} could not be read", maps, e);
    }
  }

  /**
   * @param maps lines of /proc/PID/maps: five columns, then the path of a mapped file
   */
  static Optional<String> find(final Stream<String> maps) {
    return maps.map(line -> line.split("\\s+", 6))
        .filter(columns -> columns.length == 6)
        .map(columns -> columns[5])
        .filter(path -> path.substring(path.lastIndexOf('/') + 1).matches(SHARED))
        .findFirst();
  }
}
