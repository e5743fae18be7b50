package org.anatomicalpriors.updatesite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A good site is taken; one with any rule broken is refused with a sentence. */
class SiteValidatorTest {

  private static final String AT = "-" + ToyFiles.FIRST;

  @TempDir Path folder;
  private ToyFiles toy;
  private Path site;

  @BeforeEach
  void build() throws IOException {
    toy = ToyFiles.release(folder);
    site = folder.resolve("site");
    build(toy.files());
    assertEquals(List.of(), problems(), "as it was made");
  }

  private void build(final List<SiteFile> files) throws IOException {
    if (Files.exists(site)) Folders.delete(site);
    new SiteBuilder(ToyFiles.FIRST).build(files, null, site);
  }

  private List<String> problems() throws IOException {
    return new SiteValidator(ShippedByFiji.list()).problems(site);
  }

  /** Changes the record of the engine. */
  private void edit(final UnaryOperator<PluginRecord> change) throws IOException {
    final List<PluginRecord> records =
        Database.read(site).records().stream()
            .map(r -> r.filename.equals(ToyFiles.ENGINE) ? change.apply(r) : r)
            .collect(Collectors.toCollection(ArrayList::new));
    DatabaseWriter.write(new Database(records), site.resolve(Database.NAME));
  }

  private void assertOnlyProblem(final String sentence) throws IOException {
    assertEquals(List.of(sentence), problems());
  }

  @Test
  void aDatabaseOutsideTheGrammar() throws IOException {
    Files.writeString(site.resolve(Database.NAME), "text");
    assertEquals(1, problems().size());
    assertTrue(
        problems().get(0).contains("is not a readable list of an update site's files"),
        problems().get(0));
  }

  @Test
  void aMissingFile() throws IOException {
    Files.delete(site.resolve(ToyFiles.ENGINE + AT));
    assertOnlyProblem(ToyFiles.ENGINE + AT + " is recorded, but is not in the folder.");
  }

  @Test
  void anotherChecksum() throws IOException {
    final Path text = site.resolve(ToyFiles.TEXT + AT);
    Files.writeString(text, "hctabs"); // as long as before
    final String recorded = Database.read(site).find(ToyFiles.TEXT).get().current().get().checksum;
    assertOnlyProblem(
        ToyFiles.TEXT
            + AT
            + " has the checksum "
            + Checksum.of(ToyFiles.TEXT, text)
            + ", but "
            + recorded
            + " is recorded; the file or the record is damaged.");
  }

  @Test
  void aDamagedJar() throws IOException {
    final Path jar = site.resolve(ToyFiles.ENGINE + AT);
    Files.write(jar, new byte[(int) Files.size(jar)]);
    assertEquals(1, problems().size());
    assertTrue(problems().get(0).contains("has the checksum none ("), problems().get(0));
  }

  @Test
  void anotherSize() throws IOException {
    final long size = Files.size(site.resolve(ToyFiles.ENGINE + AT));
    edit(
        r -> {
          final Current c = r.current().get();
          return new PluginRecord(
              r.filename,
              r.platforms,
              new Current(c.timestamp, c.checksum, c.size + 1, c.details),
              r.past);
        });
    assertOnlyProblem(
        ToyFiles.ENGINE
            + AT
            + " has "
            + size
            + " bytes, but "
            + (size + 1)
            + " are recorded; the updater refuses such a file.");
  }

  @Test
  void aFileThatNoRecordNames() throws IOException {
    Files.writeString(site.resolve("lib/left"), "x");
    assertOnlyProblem(
        "lib/left is in the folder, but no record names it; remove it or build the site anew.");
  }

  /** A server keeps the files of earlier releases. */
  @Test
  void filesOfEarlierReleasesMayStay() throws IOException {
    final Path next = folder.resolve("next");
    new SiteBuilder(ToyFiles.SECOND).build(toy.plugin("second").files(), site, next);
    final String old = ToyFiles.PLUGIN + AT;
    Files.copy(site.resolve(old), next.resolve(old));
    assertEquals(List.of(), new SiteValidator(ShippedByFiji.list()).problems(next));
  }

  @Test
  void aNameThatFijiShips() throws IOException {
    final String path = "scripts/Image/Adjust/Scale_to_DPI.groovy";
    build(toy.with(path, toy.text("dpi", "x")).files());
    assertOnlyProblem(
        path
            + " has the name of a file that Fiji ships and would replace it for every plugin; leave it"
            + " out and name Fiji's as a dependency.");
  }

  @Test
  void aLibraryOfFijisAndAnyOtherOnTheClassPath() throws IOException {
    final Path jar = toy.jar("library", 0, java.util.Map.of("l/L.class", "l"));
    build(toy.with("jars/gson-2.13.1.jar", jar).with("plugins/sub/own-1.0.jar", jar).files());
    final String everyone =
        " would be on the class path of every plugin, where only the plugin's own jar belongs; put"
            + " libraries into lib/anatomical-priors/.";
    assertEquals(
        List.of(
            "jars/gson-2.13.1.jar has the name of a file that Fiji ships and would replace it for"
                + " every plugin; leave it out and name Fiji's as a dependency.",
            "jars/gson-2.13.1.jar" + everyone,
            "plugins/sub/own-1.0.jar" + everyone),
        problems());
  }

  @Test
  void aDependencyThatNobodyHas() throws IOException {
    build(toy.without("lib/anatomical-priors/engine.jar").files());
    assertOnlyProblem(
        ToyFiles.PLUGIN
            + " depends on lib/anatomical-priors/engine.jar, which neither this site nor Fiji has.");
  }

  @Test
  void aDependencyThatIsObsolete() throws IOException {
    final Path next = folder.resolve("next");
    new SiteBuilder(ToyFiles.SECOND)
        .build(toy.without("lib/anatomical-priors/engine.jar").files(), site, next);
    assertEquals(1, new SiteValidator(ShippedByFiji.list()).problems(next).size());
  }

  @Test
  void aPlatformThatTheFolderDoesNotSay() throws IOException {
    edit(r -> new PluginRecord(r.filename, List.of("win64"), r.current().get(), r.past));
    assertOnlyProblem(
        ToyFiles.ENGINE
            + " is recorded for the platforms [win64], but its folder says []; the updater would"
            + " install it in the wrong place.");
  }

  @Test
  void aPlatformThatTheRecordLeavesOut() throws IOException {
    DatabaseWriter.write(
        new Database(
            Database.read(site).records().stream()
                .map(r -> new PluginRecord(r.filename, List.of(), r.current().get(), r.past))
                .collect(Collectors.toList())),
        site.resolve(Database.NAME));
    assertOnlyProblem(
        ToyFiles.NATIVE
            + " is recorded for the platforms [], but its folder says [linux64]; the updater would"
            + " install it in the wrong place.");
  }

  @Test
  void aTimeThatIsNone() throws IOException {
    final String wrong = "20261301000000";
    Files.move(site.resolve(ToyFiles.ENGINE + AT), site.resolve(ToyFiles.ENGINE + "-" + wrong));
    edit(
        r -> {
          final Current c = r.current().get();
          return new PluginRecord(
              r.filename, r.platforms, new Current(wrong, c.checksum, c.size, c.details), r.past);
        });
    assertOnlyProblem(
        ToyFiles.ENGINE + " has the time \"20261301000000\"; 14 digits of a time are needed.");
  }

  @Test
  void anEarlierVersionThatIsNotEarlier() throws IOException {
    final Past late = new Past(ToyFiles.SECOND, "0", ToyFiles.ENGINE, ToyFiles.THIRD);
    edit(r -> new PluginRecord(r.filename, r.platforms, r.current().get(), List.of(late)));
    assertOnlyProblem(
        ToyFiles.ENGINE
            + " has an earlier version of 20260203040506, which is not before the present one of"
            + " 20260102030405.");
  }

  @Test
  void anEarlierVersionThatEndsBeforeItBegins() throws IOException {
    final Past past = new Past("20250102000000", "0", ToyFiles.ENGINE, "20250101000000");
    edit(r -> new PluginRecord(r.filename, r.platforms, r.current().get(), List.of(past)));
    assertOnlyProblem(
        ToyFiles.ENGINE
            + " has an earlier version of the time \"20250102000000\", obsolete at"
            + " \"20250101000000\"; 14 digits of a time are needed, in this order.");
  }

  @Test
  void anObsoleteFileThatNeverWas() throws IOException {
    build(
        toy.with("lib/anatomical-priors/other-1.jar", toy.jar("o", 0, java.util.Map.of())).files());
    DatabaseWriter.write(
        new Database(
            Database.read(site).records().stream()
                .map(
                    r ->
                        r.filename.contains("/other-")
                            ? new PluginRecord(r.filename, r.platforms, null, List.of())
                            : r)
                .collect(Collectors.toList())),
        site.resolve(Database.NAME));
    Files.delete(site.resolve("lib/anatomical-priors/other-1.jar" + AT));
    assertOnlyProblem(
        "lib/anatomical-priors/other-1.jar has neither a version nor an earlier one; an obsolete file"
            + " needs the record of what it was.");
  }

  @Test
  void twoRecordsOfOneFile() throws IOException {
    final List<PluginRecord> records = new ArrayList<>(Database.read(site).records());
    final PluginRecord engine =
        records.stream().filter(r -> r.filename.equals(ToyFiles.ENGINE)).findFirst().get();
    final String twin = "lib/anatomical-priors/engine-1.1.jar";
    records.add(new PluginRecord(twin, List.of(), engine.current().get(), List.of()));
    Files.copy(site.resolve(ToyFiles.ENGINE + AT), site.resolve(twin + AT));
    DatabaseWriter.write(new Database(records), site.resolve(Database.NAME));
    assertOnlyProblem(
        "The records of "
            + ToyFiles.ENGINE
            + " and "
            + twin
            + " are of one file to the updater, which does not look at versions; keep one.");
  }

  @Test
  void aPathOutsideOfFijisFolder() throws IOException {
    final List<PluginRecord> records = new ArrayList<>(Database.read(site).records());
    for (final String path : List.of("lib/../../evil", "lib/.hidden", "lib/a\\b", "lib//x"))
      records.add(
          new PluginRecord(
              path,
              List.of(),
              null,
              List.of(new Past(ToyFiles.FIRST, "0", path, ToyFiles.SECOND))));
    DatabaseWriter.write(new Database(records), site.resolve(Database.NAME));
    assertEquals(4, problems().size(), problems().toString());
    for (final String problem : problems())
      assertTrue(problem.contains(" is no path below Fiji's folder for every system;"), problem);
  }

  @Test
  void aFileThatTheUpdaterDoesNotLookAfter() throws IOException {
    build(toy.with("scripts/cluster.sbatch", toy.text("sbatch", "x")).files());
    assertOnlyProblem(
        "scripts/cluster.sbatch is of no kind that the updater looks after in that folder; put it"
            + " elsewhere, such as in lib/.");
  }
}
