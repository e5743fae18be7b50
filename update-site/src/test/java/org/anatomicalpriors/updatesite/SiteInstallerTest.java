package org.anatomicalpriors.updatesite;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

class SiteInstallerTest {

  @TempDir Path folder;
  private ToyFiles toy;
  private Path site;
  private Path fiji;

  @BeforeEach
  void build() throws IOException {
    toy = ToyFiles.release(folder);
    site = folder.resolve("site");
    fiji = folder.resolve("Fiji");
    new SiteBuilder(ToyFiles.FIRST).build(toy.files(), null, site);
  }

  private void install(final String platform, final Path from) throws IOException {
    new SiteInstaller(platform).install(from, fiji);
  }

  @Test
  void filesOfOtherPlatformsAreLeftOut() throws IOException {
    install("win64", site);
    assertEquals(
        List.of(ToyFiles.TEXT, ToyFiles.ENGINE, ToyFiles.PLUGIN, ToyFiles.SCRIPT),
        Folders.files(fiji));
    install("linux64", site);
    assertTrue(Folders.files(fiji).contains(ToyFiles.NATIVE));
  }

  @Test
  void anUpdateReplacesVersionsAndRemovesWhatIsObsolete() throws IOException {
    install("linux64", site);
    toy.plugin("second").without(ToyFiles.TEXT);
    toy.with("lib/anatomical-priors/engine-2.0.jar", toy.jar("newer", 0, Map.of("e/F.class", "f")));
    final Path next = folder.resolve("next");
    new SiteBuilder(ToyFiles.SECOND).build(toy.files(), site, next);
    install("linux64", next);
    assertEquals(
        List.of(
            "lib/anatomical-priors/engine-2.0.jar",
            ToyFiles.NATIVE,
            ToyFiles.PLUGIN,
            ToyFiles.SCRIPT),
        Folders.files(fiji));
  }

  @Test
  void anObsoleteFileThatThePersonChangedStays() throws IOException {
    install("linux64", site);
    Files.writeString(fiji.resolve(ToyFiles.TEXT), "mine");
    final Path next = folder.resolve("next");
    new SiteBuilder(ToyFiles.SECOND).build(toy.without(ToyFiles.TEXT).files(), site, next);
    install("linux64", next);
    assertEquals("mine", Files.readString(fiji.resolve(ToyFiles.TEXT)));
  }

  @Test
  void aDamagedFileIsRefused() throws IOException {
    Files.writeString(site.resolve(ToyFiles.TEXT + "-" + ToyFiles.FIRST), "hctabs");
    final InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> install("linux64", site));
    assertTrue(e.getMessage().contains("is not what its record says"), e.getMessage());
  }
}
