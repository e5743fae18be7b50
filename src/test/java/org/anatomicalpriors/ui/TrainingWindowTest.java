package org.anatomicalpriors.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.CancelledProgress;
import org.anatomicalpriors.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingWindowTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"finish", "cancel", "close", "segmenter"})
  void doesWhatIsClicked(final String scene) {
    ScreenTest.run(TrainingScene.class, scene, folder.toString());
  }

  @Test
  void showsTheTrainingThatFijiRuns() {
    ScreenTest.run(RealTrainingScene.class, folder.toString());
  }

  @Test
  void withoutAScreenTheJobRunsAsItIs() {
    final Progress cancelled = new CancelledProgress();
    final ToyTraining job = new ToyTraining(false);
    assertEquals("true", System.getProperty("java.awt.headless", "true"));
    assertThrows(
        CancelledException.class,
        () -> TrainingRun.run(job, job.values(folder.resolve("a.zip")), JobContext.of(cancelled)));
  }
}
