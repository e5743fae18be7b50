package org.anatomicalpriors.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.fiji.FijiStudy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplorerWindowTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"move", "maps", "save", "axes"})
  void doesWhatIsClicked(final String scene) {
    ScreenTest.run(ExplorerScene.class, scene, FijiStudy.prior().toString(), folder.toString());
  }

  @Test
  void isSharpOnAFineScreen() {
    ScreenTest.run(
        ExplorerScene.class,
        List.of("-Dsun.java2d.uiScale=2"),
        "fine",
        FijiStudy.prior().toString(),
        folder.toString());
  }

  @Test
  void withoutAScreenASentenceSaysWhatToDoInstead() {
    assertEquals("true", System.getProperty("java.awt.headless", "true"));
    final InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> ExplorerWindow.open(null, "a", () -> {}));
    assertTrue(e.getMessage().contains("samples"), e.getMessage());
  }
}
