package org.anatomicalpriors.updatesite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anatomicalpriors.InvalidInputException;

/** What a release of the plugin installs, from a folder with the built project. */
final class Release {

  static final String NAME = "anatomical-priors";

  /** What the build says that the plugin consists of, in CycloneDX's format. */
  static final String BILL_OF_MATERIALS = "anatomical-priors.cdx.json";

  private static final String LICENCES = "licenses/" + NAME + "/";

  private static final String ENGINE = "lib/" + NAME + "/";
  private static final String SCRIPTS = "scripts/Plugins/Segmentation/Anatomical_Priors/Examples/";

  private final Path project;
  private final Path plugin;
  private final List<Library> libraries;
  private final Pom pom;

  /**
   * @param project folder with {@code pom.xml}, {@code scripts} and the licence
   * @param plugin the plugin's jar
   * @param libraries its class path at run time
   */
  Release(final Path project, final Path plugin, final List<Library> libraries) {
    if (!Files.isRegularFile(plugin))
      throw new InvalidInputException(
          "The plugin's jar " + plugin + " is missing; build it first (mvn package).");
    this.project = project;
    this.plugin = plugin;
    this.libraries = libraries;
    this.pom = Pom.read(project.resolve("pom.xml"));
  }

  String version() {
    return pom.text("version");
  }

  /** The time that Maven puts on the jar's entries, which is the release's. */
  String timestamp() {
    return Timestamps.of(pom.text("properties", "project.build.outputTimestamp"));
  }

  /**
   * The main site's files: plugin, isolated libraries, example scripts, models, licences.
   *
   * @param models folder with models, or null for none
   * @param work for files that are made on the way
   */
  List<SiteFile> files(final Path models, final Path work) throws IOException {
    final List<Library> isolated =
        libraries.stream().filter(Library::isIsolated).collect(Collectors.toList());
    final List<SiteFile> files = new ArrayList<>();
    final List<String> dependencies = new ArrayList<>();
    for (final Library library : libraries)
      if (library.isFijis()) dependencies.add("jars/" + library.artifact() + ".jar");
    for (final Library library : isolated) {
      final SiteFile file = new SiteFile(ENGINE + library.name(), library.jar);
      files.add(file);
      dependencies.add(file.key());
    }
    files.add(
        new SiteFile(
            "plugins/" + NAME + "-" + version() + ".jar",
            plugin,
            new Current.Details(
                pom.text("description"),
                dependencies,
                List.of(pom.text("url")),
                pom.developers())));
    scripts(files);
    if (models != null) models(models, files);
    files.add(new SiteFile(LICENCES + "LICENSE.txt", project.resolve("LICENSE.txt")));
    files.add(new SiteFile(LICENCES + BILL_OF_MATERIALS, billOfMaterials()));
    files.addAll(new Licences(NAME, work).of(isolated));
    return files;
  }

  private Path billOfMaterials() {
    final Path file = project.resolve("target").resolve(BILL_OF_MATERIALS);
    if (Files.isRegularFile(file)) return file;
    throw new InvalidInputException(
        "The bill of materials " + file + " is missing; build the plugin first (mvn package).");
  }

  /** Fiji shows scripts in its menu, where their folder says; other files go beside the engine. */
  private void scripts(final List<SiteFile> files) throws IOException {
    for (final Path script : listed(project.resolve("scripts/examples"))) {
      final String name = script.getFileName().toString();
      files.add(
          new SiteFile((SitePath.isTracked(SCRIPTS + name) ? SCRIPTS : ENGINE) + name, script));
    }
  }

  private static void models(final Path folder, final List<SiteFile> files) throws IOException {
    final List<Path> models = listed(folder);
    if (models.isEmpty() || models.stream().anyMatch(m -> !m.toString().endsWith(".zip")))
      throw new InvalidInputException(
          folder
              + " is to hold the models to distribute, .zip files and nothing else; it holds "
              + models.stream().map(m -> m.getFileName().toString()).collect(Collectors.toList())
              + ".");
    for (final Path model : models)
      files.add(new SiteFile("models/" + NAME + "/" + model.getFileName(), model));
  }

  /**
   * The second site's files: TensorFlow's native library for several platforms.
   *
   * @param all whether a missing platform is an error
   */
  List<SiteFile> natives(final boolean all, final Path work) throws IOException {
    final List<Library> natives = new ArrayList<>();
    for (final Library library : libraries)
      if (library.isNative()) natives.addAll(library.siblings());
    final List<SiteFile> files = new ArrayList<>();
    final List<String> missing = new ArrayList<>();
    for (final Platform platform : Platform.values()) {
      final int before = files.size();
      for (final Library library : natives)
        if (library.name().endsWith("-" + platform.classifier + ".jar"))
          files.add(
              new SiteFile(
                  "lib/" + platform.folder + "/" + NAME + "/" + library.name(), library.jar));
      if (files.size() == before) missing.add(platform.classifier);
    }
    if (files.isEmpty() || all && !missing.isEmpty())
      throw new InvalidInputException(
          "TensorFlow's native library is not in Maven's local repository for "
              + missing
              + "; let update-site/build fetch it with --natives all.");
    files.addAll(new Licences(NAME + "-natives", work).of(natives));
    return files;
  }

  private static List<Path> listed(final Path folder) throws IOException {
    if (!Files.isDirectory(folder))
      throw new InvalidInputException(folder + " is not a folder; give one that is there.");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> !f.getFileName().toString().startsWith("."))
          .sorted()
          .collect(Collectors.toList());
    }
  }
}
