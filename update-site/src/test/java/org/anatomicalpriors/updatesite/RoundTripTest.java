package org.anatomicalpriors.updatesite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.io.FileSaver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.command.ScriptLanguages;
import org.anatomicalpriors.fiji.FijiStudy;
import org.anatomicalpriors.isolation.CoreLoader;
import org.anatomicalpriors.isolation.FijiFolder;
import org.anatomicalpriors.isolation.TestJars;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.MenuPath;
import org.scijava.script.ScriptInfo;
import org.scijava.script.ScriptService;

/** The real plugin: made into a site, checked, installed, used, updated. */
class RoundTripTest {

  private static final Path PROJECT = Path.of("").toAbsolutePath();

  @TempDir static Path folder;

  private static Path site;
  private static Release release;

  @BeforeAll
  static void build() throws IOException {
    release = release(TestJars.pack(folder.resolve("plugin.jar"), classes()).toPath());
    site = folder.resolve("site");
    build(release, null, ToyFiles.FIRST, site);
  }

  private static Path classes() {
    return FijiFolder.codeOf(CoreLoader.class);
  }

  private static Release release(final Path plugin) {
    return new Release(PROJECT, plugin, Library.of(FijiFolder.libraries()));
  }

  private static void build(
      final Release release, final Path previous, final String timestamp, final Path output)
      throws IOException {
    final Path work = Files.createTempDirectory(folder, "work");
    new SiteBuilder(timestamp).build(release.files(null, work), previous, output);
  }

  private static List<String> problems(final Path site) throws IOException {
    return new SiteValidator(ShippedByFiji.list()).problems(site);
  }

  private static TrialInstallation install(final String name) throws IOException {
    return TrialInstallation.make(
        List.of(site), Library.of(FijiFolder.libraries()), folder.resolve(name));
  }

  @Test
  void theSiteIsInOrderAndReproducible() throws IOException {
    assertEquals(List.of(), problems(site));
    final Path again = folder.resolve("again");
    build(release, null, ToyFiles.FIRST, again);
    final List<String> files = Folders.files(site);
    assertTrue(files.size() > 30, files.toString());
    assertEquals(files, Folders.files(again));
    for (final String file : files)
      assertArrayEquals(
          Files.readAllBytes(site.resolve(file)), Files.readAllBytes(again.resolve(file)), file);
  }

  @Test
  void theReleaseIsWhatThePomSays() {
    assertEquals(org.anatomicalpriors.Version.current(), release.version());
    assertTrue(Timestamps.isValid(release.timestamp()), release.timestamp());
  }

  /** The other tests of the plugin in Fiji's folder run in one that is as the site makes it. */
  @Test
  void fijiFolderIsWhatTheSiteInstalls() throws IOException {
    final TrialInstallation installed = install("layout");
    final FijiFolder imitation = FijiFolder.make(folder.resolve("imitation"));
    assertEquals(code(imitation.path()), code(installed.fiji()));
  }

  private static Set<String> code(final Path fiji) throws IOException {
    return Folders.files(fiji).stream()
        .filter(f -> f.endsWith(".jar") && !f.startsWith("jars/"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void theExamplesAreInTheMenu() throws IOException {
    final TrialInstallation installed = install("menu");
    try (Context context = ScriptLanguages.context()) {
      final ScriptService scripts = context.service(ScriptService.class);
      scripts.addScriptDirectory(installed.fiji().resolve("scripts").toFile());
      final Set<String> menus =
          scripts.getScripts().stream()
              .map(ScriptInfo::getMenuPath)
              .map(MenuPath::getMenuString)
              .collect(Collectors.toCollection(TreeSet::new));
      final String examples = "Plugins > Segmentation > Anatomical Priors > Examples > ";
      for (final String name : List.of("Train Prior", "Segment Folder", "Segment File"))
        assertTrue(menus.contains(examples + name), menus.toString());
    }
  }

  @Test
  void whatIsInstalledSegmentsFromTheShellAndFromAScript() throws Exception {
    final TrialInstallation installed = install("use");
    final Trial trial = installed.trial();
    assertEquals("anatomical-priors " + release.version(), trial.shell("--version").trim());

    final Path scans = Files.createDirectory(installed.work().resolve("scans"));
    new FileSaver(FijiStudy.volume(0)).saveAsTiff(scans.resolve("scan.tif").toString());
    final Path truth = installed.work().resolve("truth.tif");
    new FileSaver(FijiStudy.truth(0)).saveAsTiff(truth.toString());
    final String model = FijiStudy.prior().toString();
    trial.shell("segment", "--model", model, "--output", "shell", "scans");
    final String printed =
        trial.script(
            TrialInstallation.languages(FijiFolder.testClassPath()),
            installed.script("Segment_Folder.groovy"),
            "model=\"" + model + "\",images=\"scans\",output=\"script\"");
    assertTrue(printed.contains(" in 1 images"), printed);

    final String labels = "scan-labels.nii.gz";
    assertArrayEquals(
        Files.readAllBytes(installed.work().resolve("shell").resolve(labels)),
        Files.readAllBytes(installed.work().resolve("script").resolve(labels)));
    trial.shell(
        "evaluate",
        "--reference",
        truth.toString(),
        "--segmentation",
        installed.work().resolve("script").resolve(labels).toString(),
        "--fail-below",
        "0.5");
  }

  @Test
  void anIncompleteInstallationFailsTheTrial() throws Exception {
    final TrialInstallation installed = install("incomplete");
    Folders.delete(installed.fiji().resolve("lib/" + Release.NAME));
    final InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> installed.trial().shell("--version"));
    assertTrue(
        e.getMessage().startsWith("The installed plugin failed with exit code 1 at"),
        e.getMessage());
  }

  @Test
  void anUpdateReplacesThePluginAndKeepsTheRecords() throws Exception {
    final TrialInstallation installed = install("update");
    final Path changed = Files.createDirectory(folder.resolve("changed"));
    for (final String file : Folders.files(classes())) {
      Files.createDirectories(changed.resolve(file).getParent());
      Files.copy(classes().resolve(file), changed.resolve(file));
    }
    Files.writeString(changed.resolve("more.txt"), "new in this release");
    final Path plugin = TestJars.pack(folder.resolve("next.jar"), changed).toPath();
    final Path work = Files.createTempDirectory(folder, "work");
    final List<SiteFile> files =
        release(plugin).files(null, work).stream()
            .filter(f -> !f.path.endsWith("/Train_Prior.groovy"))
            .collect(Collectors.toList());
    final Path next = folder.resolve("next");
    final Database database = new SiteBuilder(ToyFiles.SECOND).build(files, site, next);
    assertEquals(List.of(), problems(next));
    assertEquals(1, database.find("plugins/anatomical-priors.jar").get().past.size());
    final List<PluginRecord> vanished =
        database.records().stream().filter(r -> r.current().isEmpty()).collect(Collectors.toList());
    assertEquals(1, vanished.size());
    assertTrue(vanished.get(0).filename.endsWith("/Train_Prior.groovy"));
    assertEquals(
        1,
        database.records().stream()
            .filter(r -> r.current().isPresent())
            .filter(r -> r.current().get().timestamp.equals(ToyFiles.SECOND))
            .count(),
        "only the plugin has changed");

    final Path script = installed.script("Train_Prior.groovy");
    new SiteInstaller(Platform.current().get().folder).install(next, installed.fiji());
    assertFalse(Files.exists(script), "obsolete");
    final List<Path> testClassPath = FijiFolder.testClassPath();
    assertEquals(
        "The installed plugin calls itself \"anatomical-priors "
            + release.version()
            + "\", but is of version 99.",
        assertThrows(InvalidInputException.class, () -> installed.segment("99", testClassPath))
            .getMessage());
    installed.segment(release.version(), testClassPath); // as update-site/validate does
  }
}
