package org.anatomicalpriors.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.anatomicalpriors.fiji.FijiStudy;
import org.anatomicalpriors.ui.ScreenTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExploreCommandTest {

  @TempDir Path folder;

  @Test
  void opensTheWindowAndTheWindowClosesTheModel() {
    ScreenTest.run(
        ExploreScene.class,
        List.of("-Djava.io.tmpdir=" + folder), // to see what is left there
        FijiStudy.prior().toString());
  }

  @Test
  void withoutAScreenOneSentenceSaysWhatToDoInstead() {
    try (Fiji fiji = new Fiji()) {
      final Failure failure =
          assertThrows(
              Failure.class,
              () -> fiji.run(ExploreCommand.class, "prior", FijiStudy.prior().toFile()));
      assertEquals(
          "Exploring a prior needs a screen; run Draw Samples... where there is none.",
          failure.getMessage());
    }
  }
}
