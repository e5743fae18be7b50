package org.anatomicalpriors.command;

import static org.anatomicalpriors.fiji.FijiStudy.truth;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.measure.ResultsTable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.fiji.FijiBackend;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Setting;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;

/** Commands that run jobs: every kind of setting arrives, from callers, dialogs and macros. */
class JobCommandTest {

  private static Fiji fiji;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    fiji = FakeJobs.fiji();
    LegacyBridge.install(fiji.context);
  }

  @AfterAll
  static void end() {
    fiji.close();
  }

  @AfterEach
  void forget() {
    LegacyBridge.DIALOG.clear();
  }

  private String written(final Path file) throws IOException {
    return Files.readString(file).replace(folder.toString(), "");
  }

  @Test
  void everySettingIsAnInputOfItsType() {
    final CommandInfo info =
        fiji.context.service(CommandService.class).getCommand(TrainPriorCommand.class);
    final Map<String, Class<?>> types =
        Map.ofEntries(
            Map.entry("labels", File.class),
            Map.entry("label_set", String.class),
            Map.entry("paired", String.class),
            Map.entry("output", File.class),
            Map.entry("steps", Long.class),
            Map.entry("seed", Long.class),
            Map.entry("rate", Double.class),
            Map.entry("channels", String.class),
            Map.entry("resume", Boolean.class),
            Map.entry("kind", String.class),
            Map.entry("note", String.class));
    types.forEach((name, type) -> assertEquals(type, info.getInput(name).getType(), name));
    assertEquals("both", info.getInput("labels").getWidgetStyle());
    assertEquals("save", info.getInput("output").getWidgetStyle());
    assertEquals("8,16", info.getInput("channels").getDefaultValue());
    assertEquals("text", info.getInput("kind").getDefaultValue());
    assertEquals(Setting.Kind.values().length, info.getInput("kind").getChoices().size());
    assertEquals("Steps [steps]", info.getInput("steps").getLabel());
    for (final ModuleItem<?> input : info.inputs())
      assertFalse(input.isPersisted() && input instanceof SettingItem);
  }

  @Test
  void valuesOfScriptsAreConverted() throws IOException {
    final Path out = folder.resolve("out.txt");
    fiji.run(
        TrainPriorCommand.class,
        "labels",
        folder + "/a.nii;" + folder + "/b.nii",
        "output",
        out.toString(),
        "steps",
        20,
        "rate",
        "0.5",
        "seed",
        Long.MIN_VALUE,
        "resume",
        "true",
        "channels",
        "4,4",
        "kind",
        "save");
    assertEquals(
        "{labels=/a.nii;/b.nii, label-set=, paired=, output=/out.txt, steps=20,"
            + " seed=-9223372036854775808, rate=0.5, channels=4,4, resume=true, kind=save, note=}",
        written(out));
  }

  @Test
  void theFirstTableIsAnOutputAndTextsAreShown() {
    final Module evaluated = run(EvaluateCommand.class, "");
    final ResultsTable table = (ResultsTable) evaluated.getOutput("table");
    assertEquals(10, table.getValue("steps", 0));
    assertEquals("evaluate", table.getStringValue("name", 0));
    assertEquals(
        "Written.\n\nvalues\nname\tsteps\ninfo\t10",
        run(ModelInfoCommand.class, "").getOutput("text"));
  }

  private Module run(final Class<? extends CoreCommand> command, final String note) {
    return fiji.run(
        command,
        "labels",
        folder.resolve("a.nii").toString(),
        "output",
        folder.resolve("out.txt").toString(),
        "note",
        note);
  }

  @Test
  void failuresAreHeard() {
    assertEquals(
        "Java's memory ran out (Java heap space); close other images, or give it more under Edit > Options > Memory & Threads and restart Fiji.",
        assertThrows(Failure.class, () -> run(TrainPriorCommand.class, "exhaust")).getMessage());
    assertEquals(
        "It was to fail.",
        assertThrows(Failure.class, () -> run(TrainPriorCommand.class, "fail")).getMessage());
    assertEquals(
        "a.nii failed.",
        assertThrows(Failure.class, () -> run(SegmentFolderCommand.class, "half")).getMessage());
    assertTrue(
        assertThrows(Failure.class, () -> fiji.run(TrainPriorCommand.class, "labels", "x"))
            .getMessage()
            .startsWith("No output was given; give a file to write"));
    assertTrue(
        assertThrows(
                Failure.class,
                () ->
                    fiji.run(TrainPriorCommand.class, "labels", "x", "output", "y", "steps", 1000))
            .getMessage()
            .contains("\"1000\" was given for steps; give a whole number from 1 to 100 steps."));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        TrainPriorCommand.class,
        TrainSegmenterCommand.class,
        SegmentFolderCommand.class,
        EvaluateCommand.class,
        SampleCommand.class,
        ReconstructCommand.class,
        GenerateCommand.class,
        ModelInfoCommand.class,
        DevicesCommand.class
      })
  void whatWasRecordedWritesTheSame(final Class<? extends CoreCommand> command) throws IOException {
    final Path out = folder.resolve("the output (1).txt");
    LegacyBridge.DIALOG.put("labels", folder.resolve("some maps").toFile());
    LegacyBridge.DIALOG.put("output", out.toFile());
    LegacyBridge.DIALOG.put("label_set", "c:\\sets\\my set.csv");
    LegacyBridge.DIALOG.put("steps", 77L);
    LegacyBridge.DIALOG.put("rate", 1e-7);
    LegacyBridge.DIALOG.put("resume", true);
    LegacyBridge.DIALOG.put("kind", "folder");
    LegacyBridge.DIALOG.put("channels", "1,2,3");
    LegacyBridge.DIALOG.put("note", "two words, \"quoted\" = yes");
    LegacyBridge.choose(command);
    final String first = written(out);
    assertTrue(first.contains("steps=77") && first.contains("two words, \"quoted\""), first);
    final String macro = LegacyBridge.recorded();
    Files.delete(out);
    LegacyBridge.DIALOG.clear();
    LegacyBridge.replay(macro);
    assertEquals(first, written(out));
  }

  @Test
  void imagesOfImageJAreGivenAsFilesAndLeaveNone() throws IOException {
    final Path out = folder.resolve("out.txt");
    new FijiBackend(List.of(FakeJobs.job("train-prior")))
        .run(
            "train-prior",
            Map.of("labels", List.of(truth(1), truth(1), "other.nii"), "output", out),
            JobContext.of(Progress.NONE));
    final String text = written(out);
    assertTrue(text.matches(".*labels=[^;]*toy1\\.nii;[^;]*toy1-2\\.nii;other\\.nii,.*"), text);
    assertFalse(new File(text.replaceFirst(".*labels=([^;]*);.*", "$1")).exists());
  }
}
