package org.anatomicalpriors.updatesite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.InvalidInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteBuilderTest {

  @TempDir Path folder;
  private ToyFiles toy;
  private Path first;
  private Path second;

  @BeforeEach
  void buildFirst() throws IOException {
    toy = ToyFiles.release(folder);
    first = folder.resolve("sites/first");
    second = folder.resolve("sites/second");
    build(ToyFiles.FIRST, null, first);
  }

  private Database build(final String timestamp, final Path previous, final Path output)
      throws IOException {
    return new SiteBuilder(timestamp).build(toy.files(), previous, output);
  }

  private static List<String> problems(final Path site) throws IOException {
    return new SiteValidator(ShippedByFiji.list()).problems(site);
  }

  @Test
  void aReleaseHasItsFilesWithTheirTimes() throws IOException {
    assertEquals(
        List.of(
            Database.NAME,
            ToyFiles.TEXT + "-" + ToyFiles.FIRST,
            ToyFiles.ENGINE + "-" + ToyFiles.FIRST,
            ToyFiles.NATIVE + "-" + ToyFiles.FIRST,
            ToyFiles.PLUGIN + "-" + ToyFiles.FIRST,
            ToyFiles.SCRIPT + "-" + ToyFiles.FIRST),
        Folders.files(first));
    assertEquals(List.of(), problems(first));
    final Database read = Database.read(first);
    assertEquals(
        List.of("linux64"),
        read.find("lib/linux64/anatomical-priors/native-linux-x86_64.jar").get().platforms);
    assertEquals(
        List.of("jars/ij.jar", "lib/anatomical-priors/engine.jar"),
        read.find("plugins/anatomical-priors.jar").get().current().get().details.dependencies);
  }

  @Test
  void theSameReleaseIsTheSameBytes() throws IOException {
    final Path again = folder.resolve("again");
    build(ToyFiles.FIRST, null, again);
    assertEquals(Folders.files(first), Folders.files(again));
    for (final String file : Folders.files(first))
      assertArrayEquals(
          Files.readAllBytes(first.resolve(file)), Files.readAllBytes(again.resolve(file)), file);
  }

  @Test
  void theNextReleaseKeepsTheRecordsOfTheLast() throws IOException {
    final String old =
        Database.read(first).find("plugins/anatomical-priors.jar").get().current().get().checksum;
    toy.plugin("second").without(ToyFiles.TEXT);
    final Path newer = toy.jar("newer", 0, Map.of("engine/F.class", "f"));
    toy.with("lib/anatomical-priors/engine-2.0.jar", newer);
    build(ToyFiles.SECOND, first, second);
    assertEquals(List.of(), problems(second));

    final Database read = Database.read(second);
    final PluginRecord plugin = read.find("plugins/anatomical-priors.jar").get();
    assertEquals(ToyFiles.SECOND, plugin.current().get().timestamp);
    assertEquals(1, plugin.past.size());
    assertEquals(old, plugin.past.get(0).checksum);
    assertEquals(ToyFiles.FIRST, plugin.past.get(0).timestamp);
    assertEquals(ToyFiles.SECOND, plugin.past.get(0).obsolete().get());

    final PluginRecord engine = read.find("lib/anatomical-priors/engine.jar").get();
    assertEquals("lib/anatomical-priors/engine-2.0.jar", engine.filename);
    assertEquals(ToyFiles.ENGINE, engine.past.get(0).filename);

    final PluginRecord vanished = read.find(ToyFiles.TEXT).get();
    assertTrue(vanished.current().isEmpty());
    assertEquals(ToyFiles.SECOND, vanished.past.get(0).obsolete().get());
    assertFalse(Folders.files(second).contains(ToyFiles.TEXT + "-" + ToyFiles.FIRST));

    final PluginRecord script = read.find(ToyFiles.SCRIPT).get();
    assertEquals(ToyFiles.FIRST, script.current().get().timestamp, "has not changed");
    assertEquals(List.of(), script.past);
    assertTrue(Folders.files(second).contains(ToyFiles.SCRIPT + "-" + ToyFiles.FIRST));
  }

  @Test
  void aThirdReleaseKeepsBothAndBringsAFileBack() throws IOException {
    toy.plugin("second").without(ToyFiles.TEXT);
    build(ToyFiles.SECOND, first, second);
    toy.plugin("third").with(ToyFiles.TEXT, toy.text("cluster", "sbatch"));
    final Path third = folder.resolve("third");
    build(ToyFiles.THIRD, second.resolve(Database.NAME), third);
    assertEquals(List.of(), problems(third));
    final Database read = Database.read(third);
    assertEquals(2, read.find("plugins/anatomical-priors.jar").get().past.size());
    assertEquals(ToyFiles.THIRD, read.find(ToyFiles.TEXT).get().current().get().timestamp);
    assertEquals(1, read.find(ToyFiles.TEXT).get().past.size());
  }

  /** A jar built again has another size at times, but what was published stays. */
  @Test
  void anUnchangedFileIsTakenFromTheLastRelease() throws IOException {
    final Path published = first.resolve(ToyFiles.ENGINE + "-" + ToyFiles.FIRST);
    final byte[] before = Files.readAllBytes(published);
    toy.jar("engine", 900000000, Map.of("engine/E.class", "e"));
    build(ToyFiles.SECOND, first, second);
    assertArrayEquals(
        before, Files.readAllBytes(second.resolve(ToyFiles.ENGINE + "-" + ToyFiles.FIRST)));
  }

  @Test
  void theSameReleaseAgainChangesNothing() throws IOException {
    build(ToyFiles.FIRST, first, second);
    assertArrayEquals(
        Files.readAllBytes(first.resolve(Database.NAME)),
        Files.readAllBytes(second.resolve(Database.NAME)));
  }

  @Test
  void aReleaseThatIsNotLaterIsRefused() throws IOException {
    toy.plugin("second");
    for (final String time : List.of(ToyFiles.FIRST, "20250102030405")) {
      final InvalidInputException e =
          assertThrows(InvalidInputException.class, () -> build(time, first, second));
      assertEquals(
          "The release's time is "
              + time
              + ", but the last release is of 20260102030405 and other; set"
              + " project.build.outputTimestamp in pom.xml to a later time, or give one with"
              + " --timestamp.",
          e.getMessage());
    }
    assertFalse(Files.exists(second));
  }

  @Test
  void aFolderInUseIsRefusedAndLeftAlone() throws IOException {
    final List<String> before = Folders.files(first);
    final InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> build(ToyFiles.SECOND, first, first));
    assertEquals(
        first + " is there already; give a new or an empty folder for the update site.",
        e.getMessage());
    assertEquals(before, Folders.files(first));
  }

  @Test
  void twoFilesThatAreOneToTheUpdaterAreRefused() throws IOException {
    final List<SiteFile> files = new java.util.ArrayList<>(toy.files());
    files.add(new SiteFile("lib/anatomical-priors/engine-3.0.jar", toy.text("x", "x")));
    final InvalidInputException e =
        assertThrows(
            InvalidInputException.class,
            () -> new SiteBuilder(ToyFiles.FIRST).build(files, null, second));
    assertTrue(e.getMessage().contains(ToyFiles.ENGINE), e.getMessage());
    assertTrue(e.getMessage().contains("engine-3.0.jar"), e.getMessage());
  }

  @Test
  void nothingIsLeftOfASiteThatFails() throws IOException {
    final Path gone = toy.text("gone", "x");
    toy.with("lib/anatomical-priors/gone.txt", gone);
    final List<SiteFile> files = toy.files();
    assertThrows(
        IOException.class,
        () ->
            Folders.make(
                second,
                site -> {
                  Files.writeString(site.resolve("half"), "x");
                  throw new IOException("disk full");
                }));
    Files.delete(gone);
    assertThrows(
        IOException.class, () -> new SiteBuilder(ToyFiles.FIRST).build(files, null, second));
    try (java.util.stream.Stream<Path> left = Files.list(second.getParent())) {
      assertEquals(List.of(first), left.collect(java.util.stream.Collectors.toList()));
    }
  }
}
