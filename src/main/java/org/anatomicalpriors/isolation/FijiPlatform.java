package org.anatomicalpriors.isolation;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What Fiji's updater calls this computer: the folders in {@code lib/} with files for it alone. */
final class FijiPlatform {

  private FijiPlatform() {}

  /** Names for this computer, today's first. */
  static List<String> names() {
    return names(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  /**
   * @param os the system property {@code os.name}
   * @param arch the system property {@code os.arch}
   */
  static List<String> names(final String os, final String arch) {
    final String system = os.toLowerCase(Locale.ROOT);
    final boolean arm = arch.equals("aarch64") || arch.equals("arm64");
    if (system.startsWith("linux"))
      return Collections.singletonList(arm ? "linux-arm64" : "linux64");
    if (system.startsWith("mac"))
      return arm ? Collections.singletonList("macos-arm64") : Arrays.asList("macos64", "macosx");
    if (system.startsWith("windows")) return Collections.singletonList(arm ? "win-arm64" : "win64");
    return Collections.emptyList();
  }
}
