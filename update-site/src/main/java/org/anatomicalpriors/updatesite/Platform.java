package org.anatomicalpriors.updatesite;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Computers for which Maven Central has TensorFlow's native library, one build each. */
enum Platform {
  LINUX("linux64", "linux-x86_64"),
  MAC_ARM("macos-arm64", "macosx-arm64"),
  MAC_INTEL("macos64", "macosx-x86_64"),
  WINDOWS("win64", "windows-x86_64");

  /** The updater's name, and that of the folder in {@code lib/}. */
  final String folder;

  /** Of TensorFlow's artifact. */
  final String classifier;

  Platform(final String folder, final String classifier) {
    this.folder = folder;
    this.classifier = classifier;
  }

  /** That of this computer. */
  static Optional<Platform> current() {
    final String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    final boolean arm = System.getProperty("os.arch", "").equals("aarch64");
    final Platform found =
        os.startsWith("mac")
            ? (arm ? MAC_ARM : MAC_INTEL)
            : os.startsWith("windows") ? WINDOWS : LINUX;
    return arm && found != MAC_ARM ? Optional.empty() : Optional.of(found);
  }

  /** The one whose build this jar is. */
  static Optional<Platform> of(final String jarName) {
    return Arrays.stream(values())
        .filter(p -> jarName.endsWith("-" + p.classifier + ".jar"))
        .findFirst();
  }
}
