package org.anatomicalpriors.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.CancelledProgress;
import org.anatomicalpriors.progress.LoggedProgress;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrecisionChoiceTest {

  private static final String MACHINE = "a processor";
  private static final SpeedGain FAST = new SpeedGain(2, 1.5);

  @TempDir Path folder;

  private final List<String> log = new ArrayList<>();

  private final Progress progress = new LoggedProgress(log);

  @Test
  void aGainHasToBeClear() {
    assertEquals("bfloat16", FAST.arithmetic().toString());
    assertEquals("float32", new SpeedGain(1.3, 1.3).arithmetic().toString());
    assertEquals("float32", SpeedGain.NONE.arithmetic().toString());
    assertEquals("bfloat16, training in float32", new SpeedGain(2, 1).arithmetic().toString());
    assertEquals("float32, training in bfloat16", new SpeedGain(1, 2).arithmetic().toString());
  }

  @Test
  void aTrialHappensOnceAndIsTold() {
    final PrecisionChoice choice = new PrecisionChoice(new PrecisionCache(folder), progress);
    assertEquals("bfloat16", choice.measured(MACHINE, () -> FAST).toString());
    assertEquals(
        "bfloat16",
        choice
            .measured(
                MACHINE,
                () -> {
                  throw new AssertionError("tried twice");
                })
            .toString());
    assertEquals(1, log.size());
    assertTrue(
        log.get(0)
            .startsWith(
                "Speed of bfloat16 against float32 on this machine: 2.00 times in passes, 1.50 in training steps; kept in "),
        log.get(0));
  }

  @Test
  void whatCannotBeKeptIsNotUsed() throws IOException {
    final Path file = Files.createFile(folder.resolve("file"));
    final PrecisionChoice choice = new PrecisionChoice(new PrecisionCache(file), progress);
    assertTrue(choice.measured(MACHINE, () -> FAST).isFloat32());
    assertTrue(log.get(0).contains("float32 is used, since this cannot be kept"), log.get(0));
  }

  @Test
  void aTrialMeasuresAndCanBeStopped() {
    final SpeedGain gain = PrecisionTrial.run(TestEngine.get(), Progress.NONE);
    if (Bfloat16.isInForce(TestEngine.get()))
      assertTrue(gain.passes() > 0 && gain.steps() > 0, gain.toString());
    else assertEquals("float32", gain.arithmetic().toString());
    final Progress stopped = new CancelledProgress();
    if (Bfloat16.isInForce(TestEngine.get()))
      assertThrows(CancelledException.class, () -> PrecisionTrial.run(TestEngine.get(), stopped));
  }

  @Test
  void whatIsAskedForIsDoneOrRefused() {
    final PrecisionChoice choice = new PrecisionChoice(new PrecisionCache(folder), progress);
    assertTrue(choice.apply(Precision.FLOAT32, TestEngine.get()).arithmetic().isFloat32());
    assertEquals(List.of(), log);
    if (Bfloat16.isInForce(TestEngine.get())) {
      final Engine engine = choice.apply(Precision.BFLOAT16, TestEngine.get());
      assertEquals("bfloat16", engine.arithmetic().toString());
      assertEquals(List.of("The networks compute in bfloat16."), log);
    } else
      assertTrue(
          assertThrows(
                  InvalidInputException.class,
                  () -> choice.apply(Precision.BFLOAT16, TestEngine.get()))
              .getMessage()
              .endsWith("give float32 or auto."));
  }

  @Test
  void otherWordsAreRefused() {
    final Settings usual = Settings.of(EngineSettings.ALL);
    assertEquals(Precision.FLOAT32, usual.get(EngineSettings.PRECISION));
    final String message =
        assertThrows(
                InvalidInputException.class, () -> usual.withTexts(Map.of("precision", "float16")))
            .getMessage();
    assertTrue(message.contains("bfloat16"), message);
    assertFalse(
        EngineSettings.arithmetic(usual.withTexts(Map.of("precision", "auto"))).isPresent());
  }
}
