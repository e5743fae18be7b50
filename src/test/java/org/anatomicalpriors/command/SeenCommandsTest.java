package org.anatomicalpriors.command;

import java.nio.file.Path;
import org.anatomicalpriors.fiji.FijiStudy;
import org.anatomicalpriors.ui.ScreenTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands show where there is a screen. */
class SeenCommandsTest {

  @TempDir Path folder;

  @Test
  void tablesImagesAndTheTrainingWindowAreShown() {
    ScreenTest.run(SegmentScene.class, FijiStudy.prior().toString(), folder.toString());
  }
}
