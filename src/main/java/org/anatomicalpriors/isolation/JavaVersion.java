package org.anatomicalpriors.isolation;

import org.anatomicalpriors.InvalidInputException;

/** The version of Java that runs, compared with the one that the core needs. */
public final class JavaVersion {

  /** Of the core's class files and of the engine's. */
  static final int NEEDED = 11;

  private JavaVersion() {}

  /**
   * Call it before anything of the core is touched: its class files do not load on an older Java.
   *
   * @throws InvalidInputException if the running Java is older than 11
   */
  public static void require11() {
    require11(System.getProperty("java.specification.version", ""));
  }

  /**
   * @param specification the system property {@code java.specification.version}
   */
  static void require11(final String specification) {
    if (feature(specification) < NEEDED)
      throw new InvalidInputException(
          "This Fiji runs on Java "
              + feature(specification)
              + ", but Anatomical Priors needs Java "
              + NEEDED
              + " or newer; install the latest Fiji from https://fiji.sc, which brings Java 21,"
              + " or start this one with a newer Java.");
  }

  /** 8 of "1.8", 17 of "17". */
  private static int feature(final String specification) {
    final String number =
        specification.startsWith("1.") ? specification.substring(2) : specification;
    try {
      return Integer.parseInt(number);
    } catch (final NumberFormatException e) {
      return NEEDED; // unknown, so surely newer than this code
    }
  }
}
