package org.anatomicalpriors.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.anatomicalpriors.InvalidInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstallationTest {

  @TempDir Path folder;

  private Path fiji;

  @BeforeEach
  void makeFolder() throws IOException {
    fiji = folder.resolve("My Fiji.app");
    touch("plugins/x.jar");
    touch("lib/anatomical-priors/b.jar");
    touch("lib/anatomical-priors/a.jar");
    touch("lib/anatomical-priors/LICENSE");
    for (final String platform : FijiPlatform.names())
      touch("lib/" + platform + "/anatomical-priors/native.jar");
    touch("lib/other/anatomical-priors/foreign.jar");
  }

  private File touch(final String path) throws IOException {
    final Path file = fiji.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.write(file, new byte[0]).toFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plugins/p.jar", "plugins/Sub/p.jar", "jars/p.jar", "jars/linux64/p.jar"})
  void foundAroundItsJar(final String path) throws IOException {
    final File jar = touch(path);
    final Installation found = Installation.find(jar, new Properties()).get();
    assertEquals(fiji.toFile(), found.folder());
    assertEquals(jar, found.files().get(0));
    final List<String> names =
        found.files().stream().skip(1).map(File::getName).collect(Collectors.toList());
    assertEquals(List.of("a.jar", "b.jar"), names.subList(0, 2));
    assertEquals(2 + FijiPlatform.names().size(), names.size());
    assertEquals(1 + names.size(), found.urls().length);
    assertFalse(found.urls()[0].toString().contains(" "), "not escaped");
  }

  @ParameterizedTest
  @CsvSource({
    "imagej.dir, ''",
    "fiji.dir, ''",
    "scijava.app.directory, ''",
    "plugins.dir, plugins",
    "plugins.dir, ''",
    "ij1.plugin.dirs, plugins"
  })
  void foundByTheLaunchersProperties(final String key, final String path) {
    final File classes = folder.resolve("target/classes").toFile();
    final Properties properties = new Properties();
    assertFalse(Installation.find(classes, properties).isPresent());
    final String other = folder.resolve("plugins").toString();
    properties.setProperty(
        key,
        (key.startsWith("ij1") ? other + File.pathSeparator : "") + fiji.resolve(path).toString());
    final Installation found = Installation.find(classes, properties).get();
    assertEquals(classes, found.files().get(0));
    assertEquals(5 - 2 + FijiPlatform.names().size(), found.files().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"repository/p.jar", "app/jars/p.jar", "target/classes"})
  void plainClassPathIsNoInstallation(final String path) {
    assertFalse(Installation.find(folder.resolve(path).toFile(), new Properties()).isPresent());
    assertFalse(Installation.find(null, new Properties()).isPresent());
  }

  @Test
  void missingEngineIsNamed() throws IOException {
    final File jar = folder.resolve("half/plugins/p.jar").toFile();
    final Installation half = Installation.find(jar, new Properties()).get();
    final InvalidInputException e = assertThrows(InvalidInputException.class, half::files);
    assertEquals(
        "Anatomical Priors is not completely installed: there is no jar in "
            + folder.resolve("half/lib/anatomical-priors")
            + "; choose Help > Update... with its update site enabled, apply the changes, and"
            + " restart Fiji.",
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, [linux64]",
    "Linux, aarch64, [linux-arm64]",
    "Mac OS X, aarch64, [macos-arm64]",
    "Mac OS X, x86_64, '[macos64, macosx]'",
    "Windows 11, amd64, [win64]",
    "Plan 9, mips, []"
  })
  void platformsAreFijis(final String os, final String arch, final String names) {
    assertEquals(names, FijiPlatform.names(os, arch).toString());
  }

  @Test
  void onAPlainClassPathTheCoreIsLoadedAsEverythingElse() {
    assertSame(CoreLoader.class.getClassLoader(), CoreLoader.loader());
    assertEquals("", CoreLoader.load(CharSequence.class, "java.lang.StringBuilder").toString());
  }

  @Test
  void whatDoesNotFitIsNamed() {
    for (final String name : List.of("org.anatomicalpriors.Nothing", "java.lang.Object"))
      assertTrue(
          assertThrows(IllegalStateException.class, () -> CoreLoader.load(CharSequence.class, name))
              .getMessage()
              .startsWith(name + " is missing from Anatomical Priors or does not fit it ("));
  }

  @ParameterizedTest
  @CsvSource({"1.8, 8", "1.7, 7", "9, 9", "10, 10"})
  void oldJavaIsRefused(final String specification, final String number) {
    assertEquals(
        "This Fiji runs on Java "
            + number
            + ", but Anatomical Priors needs Java 11 or newer; install the latest Fiji from"
            + " https://fiji.sc, which brings Java 21, or start this one with a newer Java.",
        assertThrows(InvalidInputException.class, () -> JavaVersion.require11(specification))
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"11", "21", "25", "later"})
  void newJavaIsTaken(final String specification) {
    JavaVersion.require11(specification);
  }
}
