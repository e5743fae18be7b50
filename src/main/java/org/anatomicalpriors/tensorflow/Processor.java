package org.anatomicalpriors.tensorflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The processor of this machine, told from others of different speed as far as that is known. */
final class Processor {

  private static final Path LINUX = Paths.get("/proc/cpuinfo");

  private Processor() {}

  /** Model and vector units, the same at every call on one machine. */
  static String describe() {
    return describe(LINUX);
  }

  /**
   * @param file where Linux tells of its processors; elsewhere it is not there
   */
  static String describe(final Path file) {
    final String system =
        System.getProperty("os.name", "") + " " + System.getProperty("os.arch", "");
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .takeWhile(line -> !line.isBlank()) // of the first core
          .map(Processor::told)
          .filter(told -> !told.isEmpty())
          .collect(Collectors.joining("; ", system + "; ", ""));
    } catch (final IOException | java.io.UncheckedIOException e) {
      return system + "; " + System.getenv("PROCESSOR_IDENTIFIER"); // Windows sets it
    }
  }

  private static String told(final String line) {
    final int colon = line.indexOf(':');
    final String key = line.substring(0, Math.max(0, colon)).trim();
    final String value = line.substring(colon + 1).trim();
    switch (key) {
      case "vendor_id":
      case "cpu family":
      case "model":
      case "model name":
        return value;
      case "flags":
        return Arrays.stream(value.split("\\s+"))
            .filter(f -> f.startsWith("avx") || f.startsWith("amx"))
            .collect(Collectors.toCollection(TreeSet::new))
            .toString();
      default:
        return "";
    }
  }
}
