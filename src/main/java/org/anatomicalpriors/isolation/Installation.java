package org.anatomicalpriors.isolation;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.anatomicalpriors.InvalidInputException;

/**
 * The plugin inside a Fiji folder:
 *
 * <pre>
 * plugins/ or jars/                      the plugin's own jar
 * lib/anatomical-priors/                 the engine's jars, which Fiji's class path does not have
 * lib/PLATFORM/anatomical-priors/        optional: jars with native libraries, e.g. in lib/linux64
 * </pre>
 */
public final class Installation {

  /** Below Fiji's folder; tracked by its updater, not on its class path. */
  static final String ENGINE_FOLDER = "lib/anatomical-priors";

  /** Set by one or the other of Fiji's and ImageJ's launchers. */
  private static final List<String> FOLDER_PROPERTIES =
      Arrays.asList("imagej.dir", "fiji.dir", "ij.dir", "scijava.app.directory");

  /** Name the folder (or several) with plugins, which is in Fiji's. */
  private static final List<String> PLUGIN_PROPERTIES =
      Arrays.asList("plugins.dir", "ij1.plugin.dirs");

  private final File folder;
  private final File code;

  private Installation(final File folder, final File code) {
    this.folder = folder;
    this.code = code;
  }

  /** Where this plugin runs, or empty on a plain class path that has all libraries. */
  public static Optional<Installation> find() {
    return find(codeOf(Installation.class), System.getProperties());
  }

  /**
   * Where the plugin's code lies tells it; else, for code loaded from elsewhere, the launcher's
   * properties.
   *
   * @param code the plugin's jar or folder of classes, or null if unknown
   */
  static Optional<Installation> find(final File code, final Properties properties) {
    if (code == null) return Optional.empty();
    final File around = aroundJar(code);
    if (around != null) return Optional.of(new Installation(around, code));
    for (final File folder : named(properties))
      if (new File(folder, ENGINE_FOLDER).isDirectory())
        return Optional.of(new Installation(folder, code));
    return Optional.empty();
  }

  /** Fiji's folder, of a jar in {@code plugins/} or {@code jars/} or one folder below; or null. */
  private static File aroundJar(final File jar) {
    if (!jar.getName().endsWith(".jar")) return null;
    File parent = jar.getParentFile();
    for (int depth = 0; depth < 2 && parent != null; depth++, parent = parent.getParentFile()) {
      final File folder = parent.getParentFile();
      if (folder == null) return null;
      if (parent.getName().equals("plugins")) return folder;
      if (parent.getName().equals("jars") && new File(folder, "plugins").isDirectory())
        return folder;
    }
    return null;
  }

  private static List<File> named(final Properties properties) {
    final List<File> folders = new ArrayList<>();
    for (final String key : FOLDER_PROPERTIES)
      if (properties.getProperty(key) != null) folders.add(new File(properties.getProperty(key)));
    for (final String key : PLUGIN_PROPERTIES)
      for (final String path : properties.getProperty(key, "").split(File.pathSeparator))
        if (!path.isEmpty()) {
          final File plugins = new File(path).getAbsoluteFile();
          folders.add(plugins); // some launchers give Fiji's folder itself
          if (plugins.getParentFile() != null) folders.add(plugins.getParentFile());
        }
    return folders;
  }

  /** The jar or folder that a class was loaded from, or null if its loader does not tell. */
  private static File codeOf(final Class<?> type) {
    final CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) return null;
    try {
      return new File(source.getLocation().toURI()).getAbsoluteFile();
    } catch (final URISyntaxException | IllegalArgumentException e) {
      return null; // not a file
    }
  }

  /** Fiji's folder. */
  public File folder() {
    return folder;
  }

  /**
   * What the isolated loader loads from: the plugin itself, the engine's jars by name, native ones.
   *
   * @throws InvalidInputException if the engine's jars are missing
   */
  public List<File> files() {
    final List<File> engine = jars(new File(folder, ENGINE_FOLDER));
    if (engine.isEmpty())
      throw new InvalidInputException(
          "Anatomical Priors is not completely installed: there is no jar in "
              + new File(folder, ENGINE_FOLDER)
              + "; choose Help > Update... with its update site enabled, apply the changes, and"
              + " restart Fiji.");
    final List<File> files = new ArrayList<>();
    files.add(code);
    files.addAll(engine);
    for (final String platform : FijiPlatform.names())
      files.addAll(jars(new File(folder, "lib/" + platform + "/anatomical-priors")));
    return files;
  }

  URL[] urls() {
    final List<URL> urls = new ArrayList<>();
    for (final File file : files())
      try {
        urls.add(file.toURI().toURL());
      } catch (final MalformedURLException e) {
        throw new IllegalArgumentException(file.toString(), e);
      }
    return urls.toArray(new URL[0]);
  }

  private static List<File> jars(final File folder) {
    final File[] jars = folder.listFiles((f, name) -> name.endsWith(".jar"));
    if (jars == null) return Collections.emptyList();
    Arrays.sort(jars);
    return Arrays.asList(jars);
  }
}
