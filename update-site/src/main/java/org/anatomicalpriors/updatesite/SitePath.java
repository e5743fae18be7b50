package org.anatomicalpriors.updatesite;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scijava.util.FileUtils;

/** Paths of files relative to Fiji's folder, with slashes, as the updater sees them. */
final class SitePath {

  /** What the updater calls the computers that it knows. */
  static final List<String> PLATFORMS =
      List.of(
          "linux-arm64",
          "linux32",
          "linux64",
          "macos-arm64",
          "macos64",
          "macosx",
          "win-arm64",
          "win32",
          "win64");

  private static final List<String> ANY_ENDING = List.of("lib", "models", "licenses", "config");
  private static final List<String> SCRIPT_ENDINGS =
      List.of(".ijm", ".py", ".rb", ".clj", ".js", ".bsh", ".groovy", ".gvy");

  private SitePath() {}

  /** The path without the version of a jar; to the updater, equal ones are one file. */
  static String stripped(final String path) {
    return FileUtils.stripFilenameVersion(path);
  }

  /** The file's own name without folders, version and {@code .jar}. */
  static String artifact(final String path) {
    final String stripped = stripped(path);
    final String name = stripped.substring(stripped.lastIndexOf('/') + 1);
    return name.endsWith(".jar") ? name.substring(0, name.length() - ".jar".length()) : name;
  }

  /** Whether the file is on the class path of every plugin. */
  static boolean onClassPath(final String path) {
    return path.endsWith(".jar") && (path.startsWith("jars/") || path.startsWith("plugins/"));
  }

  /** Whether the path stays in Fiji's folder on every system. */
  static boolean isClean(final String path) {
    return path.matches("[A-Za-z0-9 ._+\\-/]+")
        && Arrays.stream(path.split("/", -1))
            .allMatch(part -> !part.isBlank() && !part.startsWith(".") && !part.endsWith("."));
  }

  /** Whether the updater looks after such a file. */
  static boolean isTracked(final String path) {
    final int slash = path.indexOf('/');
    if (slash < 0) return false;
    final String folder = path.substring(0, slash);
    if (ANY_ENDING.contains(folder)) return true;
    final String ending = path.substring(Math.max(slash, path.lastIndexOf('.')));
    switch (folder) {
      case "jars":
        return List.of(".jar", ".class").contains(ending);
      case "plugins":
        return List.of(".jar", ".class", ".txt").contains(ending)
            || SCRIPT_ENDINGS.contains(ending);
      case "scripts":
        return ending.equals(".m") || SCRIPT_ENDINGS.contains(ending);
      case "macros":
        return List.of(".txt", ".ijm", ".png").contains(ending);
      case "luts":
        return ending.equals(".lut");
      default:
        return false;
    }
  }

  /** The platform whose folder the file is in. */
  static Optional<String> platform(final String path) {
    final String[] parts = path.split("/");
    return parts.length > 2
            && List.of("lib", "jars").contains(parts[0])
            && PLATFORMS.contains(parts[1])
        ? Optional.of(parts[1])
        : Optional.empty();
  }
}
