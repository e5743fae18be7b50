package org.anatomicalpriors.files;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Locale;

/** The folder of the user for what can be fetched or unpacked again. */
public final class UserCache {

  /** Property and environment variable with another folder than the system's usual one. */
  public static final String VARIABLE = "ANATOMICAL_PRIORS_CACHE";

  private UserCache() {}

  /** Absolute path; the folder may not be there yet. */
  public static Path folder() {
    final String given = System.getProperty(VARIABLE, System.getenv(VARIABLE));
    return given == null ? usual() : Paths.get(given).toAbsolutePath();
  }

  /** Where programs of this system keep what they can fetch again. */
  private static Path usual() {
    final String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    final Path home = Paths.get(System.getProperty("user.home", "."));
    final String local = System.getenv("LOCALAPPDATA"), xdg = System.getenv("XDG_CACHE_HOME");
    final Path caches;
    if (system.startsWith("windows"))
      caches = local == null ? home.resolve("AppData/Local") : Paths.get(local);
    else if (system.startsWith("mac")) caches = home.resolve("Library/Caches");
    else caches = xdg == null || xdg.isEmpty() ? home.resolve(".cache") : Paths.get(xdg);
    return caches.resolve("anatomical-priors").toAbsolutePath();
  }
}
