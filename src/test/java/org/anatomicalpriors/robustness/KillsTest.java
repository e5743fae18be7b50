package org.anatomicalpriors.robustness;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few kills of each kind; {@code scripts/kill} does hundreds. */
class KillsTest {

  private static final int KILLS = 2;

  @TempDir static Path folder;
  private static ToyWork toy;

  @BeforeAll
  static void makeToy() throws IOException, InterruptedException {
    toy = ToyWork.shared();
  }

  @Test
  void aKilledTrainingOfAPriorGoesOnToTheSameModel() throws Exception {
    kill(TrainingScenario.prior(toy));
  }

  @Test
  void aKilledBatchGoesOnToTheSameResults() throws Exception {
    kill(BatchScenario.folder(toy));
  }

  @Test
  void aModelIsWholeWhenItsSavingIsKilled() throws Exception {
    kill(new SavingScenario(toy));
  }

  private static void kill(final Scenario scenario) throws Exception {
    final Path runs = Files.createDirectory(folder.resolve(scenario.name()));
    assertTrue(new Kills(scenario, runs, 1, System.out::println).run(KILLS) >= KILLS);
  }
}
