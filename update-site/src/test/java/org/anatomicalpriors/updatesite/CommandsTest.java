package org.anatomicalpriors.updatesite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The two commands on a small project, as Maven leaves one. */
class CommandsTest {

  private static final String TIME = "20260102030405";

  @TempDir Path folder;
  private Path project;
  private Path repository;
  private ToyFiles toy;
  private String out;
  private String err;

  @BeforeEach
  void makeProject() throws IOException {
    toy = new ToyFiles(folder);
    project = Files.createDirectories(folder.resolve("project"));
    repository = folder.resolve("repository");
    Files.writeString(
        project.resolve("pom.xml"),
        "<project><artifactId>anatomical-priors</artifactId><version>1.0</version>"
            + "<description>Segments\n images.</description><url>https://example.org</url>"
            + "<developers><developer><name>A. Author</name></developer></developers><properties>"
            + "<project.build.outputTimestamp>2026-01-02T03:04:05Z</project.build.outputTimestamp>"
            + "</properties></project>");
    Files.writeString(project.resolve("LICENSE.txt"), "BSD");
    final Path examples = Files.createDirectories(project.resolve("scripts/examples"));
    Files.writeString(examples.resolve("Run_It.groovy"), "println 1");
    Files.writeString(examples.resolve("cluster.sbatch"), "sbatch");
    Files.createDirectories(project.resolve("target"));
    Files.writeString(project.resolve("target/anatomical-priors.cdx.json"), "{}");
    Files.copy(
        toy.jar("plugin", 0, Map.of("org/anatomicalpriors/A.class", "a")),
        project.resolve("target/anatomical-priors-1.0.jar"));
    classPath(
        library("net/imglib2", "imglib2", "8.0.0", "", "BSD"),
        library("com/example", "engine", "2.0", "", "Apache-2.0"),
        library("org/tensorflow", "tensorflow-core-native", "1.0", "-linux-x86_64", "Apache-2.0"));
  }

  /** In the local repository, with its licence in its own description or its parent's. */
  private Path library(
      final String group,
      final String artifact,
      final String version,
      final String classifier,
      final String licence)
      throws IOException {
    final Path at = repository.resolve(group).resolve(artifact).resolve(version);
    Files.createDirectories(at);
    final String pom = artifact + "-" + version;
    final String coordinates =
        "<groupId>" + group.replace('/', '.') + "</groupId><version>" + version + "</version>";
    final Path parent =
        Files.createDirectories(repository.resolve(group).resolve("parent").resolve(version));
    Files.writeString(
        parent.resolve("parent-" + version + ".pom"),
        "<project>"
            + (licence.isEmpty()
                ? ""
                : "<licenses><license><name>"
                    + licence
                    + "</name><url>https://licence.org</url></license></licenses>")
            + "</project>");
    Files.writeString(
        at.resolve(pom + ".pom"),
        "<project><parent><artifactId>parent</artifactId>"
            + coordinates
            + "</parent><artifactId>"
            + artifact
            + "</artifactId></project>");
    return Files.copy(
        toy.jar(artifact, 0, Map.of("x/X.class", artifact, "META-INF/LICENSE", "text")),
        at.resolve(pom + classifier + ".jar"));
  }

  private void classPath(final Path... jars) throws IOException {
    Files.writeString(
        project.resolve("target/classpath.txt"),
        List.of(jars).stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
  }

  private int run(final String command, final String... arguments) {
    final StringWriter outText = new StringWriter(), errText = new StringWriter();
    final CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(outText)).setErr(new PrintWriter(errText));
    final List<String> all =
        new java.util.ArrayList<>(List.of(command, "--project", project.toString()));
    all.addAll(List.of(arguments));
    final int exit = line.execute(all.toArray(new String[0]));
    out = outText.toString();
    err = errText.toString().trim();
    return exit;
  }

  private int build(final String output, final String... more) {
    final List<String> all =
        new java.util.ArrayList<>(List.of("--output", folder.resolve(output).toString()));
    all.addAll(List.of(more));
    return run("build", all.toArray(new String[0]));
  }

  private String at(final String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void aSiteHasPluginEngineScriptsModelsAndLicences() throws IOException {
    Files.writeString(Files.createDirectories(folder.resolve("models")).resolve("b.zip"), "x");
    assertEquals(0, build("site", "--models", at("models")), err);
    assertEquals(
        List.of(
            "db.xml.gz",
            "lib/anatomical-priors/cluster.sbatch-" + TIME,
            "lib/anatomical-priors/engine-2.0.jar-" + TIME,
            "licenses/anatomical-priors/LICENSE.txt-" + TIME,
            "licenses/anatomical-priors/THIRD-PARTY.txt-" + TIME,
            "licenses/anatomical-priors/anatomical-priors.cdx.json-" + TIME,
            "licenses/anatomical-priors/engine/LICENSE.txt-" + TIME,
            "models/anatomical-priors/b.zip-" + TIME,
            "plugins/anatomical-priors-1.0.jar-" + TIME,
            "scripts/Plugins/Segmentation/Anatomical_Priors/Examples/Run_It.groovy-" + TIME),
        Folders.files(folder.resolve("site")));
    assertTrue(out.contains("9 files"), out);
    assertEquals(
        "Libraries that are installed with Anatomical Priors, and their licences.\n\n"
            + "engine-2.0.jar: Apache-2.0, https://licence.org\n",
        Files.readString(
            folder.resolve("site/licenses/anatomical-priors/THIRD-PARTY.txt-" + TIME)));
    final Current plugin =
        Database.read(folder.resolve("site"))
            .find("plugins/anatomical-priors.jar")
            .get()
            .current()
            .get();
    assertEquals("Segments images.", plugin.details.description);
    assertEquals(List.of("A. Author"), plugin.details.authors);
    assertEquals(
        List.of("jars/imglib2.jar", "lib/anatomical-priors/engine.jar"),
        plugin.details.dependencies);
    assertEquals(0, run("validate", "--no-trial", at("site")), err);
    assertTrue(out.contains("The site can be published."), out);
  }

  @Test
  void theSecondSiteHasTheNativesThatAreThere() throws IOException {
    library("org/tensorflow", "tensorflow-core-native", "1.0", "-macosx-x86_64", "Apache-2.0");
    library("org/tensorflow", "tensorflow-core-native", "1.0", "-linux-x86_64-gpu", "Apache-2.0");
    assertEquals(0, build("site", "--natives-output", at("natives")), err);
    final Database natives = Database.read(folder.resolve("natives"));
    assertEquals(
        List.of(
            "lib/linux64/anatomical-priors/tensorflow-core-native-1.0-linux-x86_64.jar [linux64]",
            "lib/macos64/anatomical-priors/tensorflow-core-native-1.0-macosx-x86_64.jar [macos64]"),
        natives.records().stream()
            .filter(r -> r.filename.startsWith("lib/"))
            .map(r -> r.filename + " " + r.platforms)
            .collect(Collectors.toList()));
    assertEquals(0, run("validate", "--no-trial", at("natives")), err);
  }

  @Test
  void allNativesAreAskedForWhenSomeAreMissing() {
    assertEquals(
        1, build("site", "--natives-output", at("natives"), "--natives", "all"), "no error");
    assertEquals(
        "TensorFlow's native library is not in Maven's local repository for [macosx-arm64,"
            + " macosx-x86_64, windows-x86_64]; let update-site/build fetch it with --natives all.",
        err);
    assertFalse(Files.exists(folder.resolve("natives")));
  }

  @Test
  void aSiteWithoutItsBillOfMaterialsIsNotMade() throws IOException {
    final Path bill = project.resolve("target/anatomical-priors.cdx.json");
    Files.delete(bill);
    assertEquals(1, build("site"), "no error");
    assertEquals(
        "The bill of materials " + bill + " is missing; build the plugin first (mvn package).",
        err);
    assertFalse(Files.exists(folder.resolve("site")));
  }

  @Test
  void twoBuildsAreTheSameBytes() throws IOException {
    assertEquals(0, build("one"), err);
    assertEquals(0, build("two"), err);
    final List<String> files = Folders.files(folder.resolve("one"));
    assertEquals(files, Folders.files(folder.resolve("two")));
    for (final String file : files)
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("one").resolve(file)),
          Files.readAllBytes(folder.resolve("two").resolve(file)),
          file);
  }

  @Test
  void theNextReleaseIsBuiltOnTheLast() throws IOException {
    assertEquals(0, build("one"), err);
    Files.delete(project.resolve("scripts/examples/Run_It.groovy"));
    assertEquals(1, build("two", "--previous", at("one")), "of the same time");
    assertTrue(err.startsWith("The release's time is " + TIME + ", but the last"), err);
    assertEquals(
        0, build("two", "--previous", at("one"), "--timestamp", "2026-02-03T04:05:06Z"), err);
    assertTrue(out.contains("records of 1 obsolete ones"), out);
    assertEquals(0, run("validate", "--no-trial", at("two")), err);
  }

  @Test
  void aBrokenSiteIsRefused() throws IOException {
    assertEquals(0, build("site"), err);
    Files.delete(folder.resolve("site/plugins/anatomical-priors-1.0.jar-" + TIME));
    assertEquals(1, run("validate", at("site")), "no error");
    assertEquals(
        "plugins/anatomical-priors-1.0.jar-" + TIME + " is recorded, but is not in the folder.",
        err);
    assertFalse(out.contains("published"), out);
  }

  @Test
  void aLibraryWithoutLicenceIsRefused() throws IOException {
    final Path jar = library("org/odd", "odd", "1.0", "", "");
    classPath(jar);
    assertEquals(1, build("site"), "no error");
    assertEquals(
        "No licence is known of "
            + jar
            + ": its Maven description (odd-1.0.pom) and those of its parents name none; only"
            + " libraries whose licence is known can be distributed.",
        err);
    assertFalse(Files.exists(folder.resolve("site")));
  }

  @Test
  void aFolderOfModelsWithOtherThingsIsRefused() throws IOException {
    Files.writeString(Files.createDirectories(folder.resolve("models")).resolve("notes"), "x");
    assertEquals(1, build("site", "--models", at("models")), "no error");
    assertTrue(err.endsWith(".zip files and nothing else; it holds [notes]."), err);
    assertEquals(1, build("site", "--models", at("none")), "no error");
    assertTrue(err.endsWith("none is not a folder; give one that is there."), err);
  }

  @Test
  void whatIsNotBuiltIsNamed() throws IOException {
    Files.delete(project.resolve("target/anatomical-priors-1.0.jar"));
    assertEquals(1, build("site"), "no error");
    assertTrue(err.contains("is missing; build it first (mvn package)."), err);
    Files.delete(project.resolve("target/classpath.txt"));
    assertEquals(1, build("site"), "no error");
    assertTrue(err.contains("classpath.txt is missing; build the plugin"), err);
  }
}
