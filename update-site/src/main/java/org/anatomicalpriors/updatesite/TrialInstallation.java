package org.anatomicalpriors.updatesite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anatomicalpriors.InvalidInputException;

/**
 * An empty folder that becomes a small Fiji with the plugin: the site's files, Fiji's jars that the
 * plugin needs and, where no site has it, TensorFlow's native library.
 */
final class TrialInstallation {

  private final Path fiji;
  private final Path work;

  private TrialInstallation(final Path fiji, final Path work) {
    this.fiji = fiji;
    this.work = work;
  }

  /**
   * @param sites the main site, then perhaps the one with natives
   * @param libraries the plugin's class path at run time, for what Fiji has
   * @param folder a new folder
   */
  static TrialInstallation make(
      final List<Path> sites, final List<Library> libraries, final Path folder) throws IOException {
    final Platform platform =
        Platform.current()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "There is no build of TensorFlow for this computer to try the site with;"
                            + " validate it with --no-trial."));
    final Path fiji = Files.createDirectories(folder.resolve("Fiji"));
    for (final Path site : sites) new SiteInstaller(platform.folder).install(site, fiji);
    final Path natives = fiji.resolve("lib/" + platform.folder + "/" + Release.NAME);
    final boolean complete = Files.isDirectory(natives);
    for (final Library library : libraries) {
      if (library.isFijis()) link(library, fiji.resolve("jars"));
      if (library.isNative() && !complete && Platform.of(library.name()).equals(Platform.current()))
        link(library, natives);
    }
    return new TrialInstallation(fiji, Files.createDirectories(folder.resolve("work")));
  }

  /** The native library is large. */
  private static void link(final Library library, final Path folder) throws IOException {
    final Path target = Files.createDirectories(folder).resolve(library.name());
    try {
      Files.createLink(target, library.jar);
    } catch (final IOException | UnsupportedOperationException e) {
      Files.copy(library.jar, target);
    }
  }

  Path fiji() {
    return fiji;
  }

  Path work() {
    return work;
  }

  Trial trial() {
    return new Trial(fiji, work);
  }

  /** Example scripts, where the site has put them. */
  Path script(final String name) throws IOException {
    try (Stream<Path> walk = Files.walk(fiji.resolve("scripts"))) {
      return walk.filter(f -> f.getFileName().toString().equals(name))
          .findFirst()
          .orElseThrow(() -> new InvalidInputException("The site has no script " + name + "."));
    }
  }

  /**
   * The whole way: an invented study, a prior learned from its label maps with the shell, its
   * images segmented with a script.
   *
   * @param version that the plugin is to have
   * @param testClassPath with the script languages and what stands for Fiji
   */
  void segment(final String version, final List<Path> testClassPath)
      throws IOException, InterruptedException {
    final Trial trial = trial();
    final String told = trial.shell("--version").trim();
    if (!told.endsWith(" " + version))
      throw new InvalidInputException(
          "The installed plugin calls itself \"" + told + "\", but is of version " + version + ".");
    trial.shell("generate", "--spacing", "8", "--count", "3", "--images", "1", "--output", "study");
    trial.shell(
        ("train-prior --labels study/labels --label-set study/label-set.csv --steps 10"
                + " --channels 16,16 --output prior.zip")
            .split(" "));
    script(trial, "prior.zip", "study/images/t1_like", testClassPath);
  }

  private void script(
      final Trial trial, final String model, final String images, final List<Path> testClassPath)
      throws IOException, InterruptedException {
    trial.script(
        languages(testClassPath),
        script("Segment_Folder.groovy"),
        "model=\"" + model + "\",images=\"" + images + "\",output=\"results\"");
    try (Stream<Path> results = Files.list(work.resolve("results"))) {
      if (results.noneMatch(f -> f.toString().endsWith("-labels.nii.gz")))
        throw new InvalidInputException("The script ended well, but segmented nothing.");
    }
  }

  /** What Fiji has beside the jars that the plugin needs. */
  static List<Path> languages(final List<Path> testClassPath) {
    final List<Path> languages = new ArrayList<>();
    for (final Path entry : testClassPath)
      if (entry.getFileName().toString().matches("(jython|groovy).*\\.jar|test-classes"))
        languages.add(entry);
    return languages.stream().map(Path::toAbsolutePath).collect(Collectors.toList());
  }
}
