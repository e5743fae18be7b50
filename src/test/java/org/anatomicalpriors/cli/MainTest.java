package org.anatomicalpriors.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.anatomicalpriors.Version;
import org.anatomicalpriors.documentation.Markdown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {

  @TempDir Path folder;

  @Test
  void withoutCommandTheUsageIsShown() {
    final Shell shell = Shell.run();
    assertEquals(0, shell.code);
    Main.commandLine(new Cancellation())
        .getSubcommands()
        .forEach(
            (name, command) ->
                assertEquals(
                    !command.getCommandSpec().usageMessage().hidden(),
                    shell.out.contains("  " + name + " "),
                    name));
  }

  @Test
  void everyCommandHasExamplesAndExitCodesInItsHelp() {
    final CommandLine main = Main.commandLine(new Cancellation());
    for (final String name : main.getSubcommands().keySet()) {
      final Shell shell = Shell.run(name, "--help");
      assertAll(
          name,
          () -> assertEquals(0, shell.code),
          () ->
              assertTrue(
                  shell.out.contains("  anatomical-priors " + name + " ")
                      || shell.out.contains(
                          "  anatomical-priors " + name + System.lineSeparator())),
          () -> assertTrue(shell.out.contains("130")),
          () -> assertTrue(shell.out.contains("--verbose")));
    }
  }

  @Test
  void everyCommandLineOfTheDocumentationIsUnderstood() {
    final CommandLine main = Main.commandLine(new Cancellation());
    final Set<String> known = main.getSubcommands().keySet();
    int calls = 0;
    for (final Markdown page : Markdown.pages())
      for (final String line : page.shellLines()) {
        final String[] words = line.split(" +");
        if (!words[0].endsWith("anatomical-priors")) {
          assertTrue(Files.isExecutable(Path.of(words[0])), page.file + ": " + line);
          continue;
        }
        calls++;
        final String[] arguments = Arrays.copyOfRange(words, 1, words.length);
        if (arguments[0].equals("COMMAND")) continue;
        assertTrue(known.contains(arguments[0]), page.file + ": " + line);
        assertDoesNotThrow(() -> main.parseArgs(arguments), page.file + ": " + line);
      }
    assertTrue(calls >= 30, calls + " calls found");
    assertTrue(known.contains("demo"));
  }

  @Test
  void versionIsTheBuilds() {
    assertTrue(Shell.run("--version").out.contains(Version.current()));
    assertTrue(Shell.run("evaluate", "--version").out.contains(Version.current()));
  }

  @Test
  void aMistypedOptionIsNamedWithASuggestionAndNoUsagePage() {
    final Shell shell = Shell.run("info", "a.zip", "--jsn");
    assertEquals(2, shell.code);
    assertTrue(shell.err.contains("--jsn") && shell.err.contains("--json"), shell.err);
    assertTrue(shell.err.contains("\"anatomical-priors info --help\""), shell.err);
    assertTrue(shell.err.lines().count() < 6, shell.err);
  }

  @Test
  void aSettingOutsideItsLimitsIsRefusedInItsOwnWords() {
    final Shell shell =
        Shell.run("train-prior", "--labels", folder, "--output", "p.zip", "--steps", "many");
    assertEquals(2, shell.code);
    assertTrue(
        shell.err.contains(
            "\"many\" was given for steps; give a whole number from 1 to 10000000 steps."),
        shell.err);
  }

  @Test
  void anEmptyFolderOfLabelMapsIsFoundBeforeTheEngineStarts() {
    final Shell shell =
        Shell.run("train-prior", "--labels", folder, "--output", folder.resolve("p.zip"));
    assertEquals(2, shell.code);
    assertTrue(shell.err.startsWith("The folder " + folder + " holds no image;"), shell.err);
    assertFalse(shell.err.contains("\tat "), shell.err);
  }

  @Test
  void anImageWithoutAHeaderIsFoundBeforeTheEngineStarts() throws IOException {
    Files.write(folder.resolve("bad.nii"), new byte[20]);
    final Shell shell =
        Shell.run("train-prior", "--labels", folder, "--output", folder.resolve("p.zip"));
    assertEquals(2, shell.code);
    assertTrue(shell.err.contains("bad.nii"), shell.err);
  }

  @Test
  void aResultThatCannotBeWrittenIsFoundBeforeTheWork() throws IOException {
    Shell.run("generate", "--count", 1, "--images", 0, "--spacing", 8, "--output", folder);
    final Path labels = folder.resolve("labels");
    final Shell missing =
        Shell.run("train-prior", "--labels", labels, "--output", folder.resolve("no/p.zip"));
    assertEquals(2, missing.code);
    assertTrue(
        missing.err.contains("does not exist; create it or choose another one."), missing.err);
    final Shell ending = Shell.run("train-prior", "--labels", labels, "--output", "p.nii");
    assertTrue(ending.err.contains("must have a name that ends with .zip."), ending.err);
    final Shell resume =
        Shell.run(
            "train-prior", "--labels", labels, "--output", folder.resolve("p.zip"), "--resume");
    assertEquals(2, resume.code);
    assertTrue(resume.err.contains("There is no checkpoint"), resume.err);
  }

  @Test
  void verboseShowsTheStackTrace() {
    final Shell shell = Shell.run("info", folder.resolve("none.zip"), "--verbose");
    assertEquals(2, shell.code);
    assertTrue(shell.err.startsWith("There is no model file"), shell.err);
    assertTrue(shell.err.contains("\tat "), shell.err);
  }

  @Test
  void cancelledWorkSaysSoAndExitsWith130() {
    final Shell shell = Shell.runCancelled("generate", "--output", folder);
    assertEquals(130, shell.code);
    assertEquals("Stopped on request." + System.lineSeparator(), shell.err);
  }

  @Test
  void unknownFailuresPointToVerbose() {
    assertEquals(
        "Unexpected failure (java.lang.IllegalStateException: x); run again with --verbose for details and report them, please.",
        ErrorMessages.sentence(new IllegalStateException("x"), false));
  }
}
