package org.anatomicalpriors.updatesite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.anatomicalpriors.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of files and of times. */
class SitePathTest {

  @ParameterizedTest
  @CsvSource({
    "jars/ij-1.54p.jar, jars/ij.jar, ij",
    "lib/anatomical-priors/gson-2.10.1.jar, lib/anatomical-priors/gson.jar, gson",
    "lib/linux64/a/core-1.0.0-rc.1-linux-x86_64.jar, lib/linux64/a/core-linux-x86_64.jar,"
        + " core-linux-x86_64",
    "models/brain-1.0.zip, models/brain-1.0.zip, brain-1.0.zip"
  })
  void onlyJarsHaveVersions(final String path, final String stripped, final String artifact) {
    assertEquals(stripped, SitePath.stripped(path));
    assertEquals(artifact, SitePath.artifact(path));
  }

  @ParameterizedTest
  @CsvSource({
    "lib/linux64/a/b.jar, linux64",
    "lib/macos-arm64/x, macos-arm64",
    "jars/win64/b.jar, win64",
    "lib/anatomical-priors/linux64/b.jar, ''",
    "models/linux64/x, ''",
    "lib/linux64, ''"
  })
  void theFolderTellsThePlatform(final String path, final String platform) {
    assertEquals(platform, SitePath.platform(path).orElse(""));
  }

  @ParameterizedTest
  @CsvSource({
    "plugins/x.jar, true",
    "plugins/x.sbatch, false",
    "scripts/Plugins/X.groovy, true",
    "scripts/Plugins/X.txt, false",
    "lib/anything, true",
    "models/x, true",
    "licenses/x/LICENSE, true",
    "macros/x.ijm, true",
    "luts/x.lut, true",
    "luts/x.txt, false",
    "x.jar, false",
    "docs/x.txt, false"
  })
  void kindsOfFilesAreTrackedByFolder(final String path, final boolean tracked) {
    assertEquals(tracked, SitePath.isTracked(path));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T00:00:00Z, 20261123000000",
    "2026-11-23T01:02:03+02:00, 20261122230203",
    "0, 19700101000000"
  })
  void timesAreInUtc(final String time, final String timestamp) {
    assertEquals(timestamp, Timestamps.of(time));
    assertTrue(Timestamps.isValid(timestamp));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tomorrow", "2026-11-23", "2026-13-01T00:00:00Z"})
  void whatIsNoTimeIsRefused(final String time) {
    assertTrue(
        assertThrows(InvalidInputException.class, () -> Timestamps.of(time))
            .getMessage()
            .startsWith("\"" + time + "\" is no time of a release;"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"20260230000000", "2026010203040", "202601020304050", "now"})
  void whatIsNoTimestampIsNoticed(final String timestamp) {
    assertFalse(Timestamps.isValid(timestamp));
  }

  @Test
  void fijisListHoldsJarsOfAnyVersionAndOtherFilesByPath() {
    final ShippedByFiji fiji = ShippedByFiji.list();
    assertTrue(fiji.size() > 500);
    for (final String path :
        new String[] {
          "jars/ij.jar",
          "jars/imglib2-9.9.jar",
          "plugins/sub/gson-2.13.1.jar",
          "jars/scijava-common-3.0.0.jar",
          "jars/parsington.jar",
          "scripts/Image/Adjust/Scale_to_DPI.js"
        }) assertTrue(fiji.has(path), path);
    for (final String path :
        new String[] {"lib/anatomical-priors/gson-2.13.1.jar", "plugins/anatomical-priors-1.0.jar"})
      assertFalse(fiji.has(path), path);
  }
}
