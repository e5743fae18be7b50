package org.anatomicalpriors.command;

import static org.anatomicalpriors.fiji.FijiStudy.hyperstack;
import static org.anatomicalpriors.fiji.FijiStudy.prior;
import static org.anatomicalpriors.fiji.FijiStudy.values;
import static org.anatomicalpriors.fiji.FijiStudy.volume;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.measure.ResultsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.module.Module;

/** What the recorder writes repeats the command, in ImageJ's own interpreter. */
class MacroTest {

  private static Fiji fiji;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    fiji = new Fiji();
    LegacyBridge.install(fiji.context);
  }

  @AfterAll
  static void end() {
    fiji.close();
  }

  @AfterEach
  void forget() {
    LegacyBridge.DIALOG.clear();
    LegacyBridge.IMAGES.clear();
  }

  @Test
  void segmentImage() throws IOException {
    final Path model = folder.resolve("a model (1).zip");
    Files.copy(prior(), model);
    LegacyBridge.IMAGES.add(hyperstack(2, List.of(volume(1), volume(2), volume(3), volume(4))));
    LegacyBridge.DIALOG.put("model", model.toFile());
    LegacyBridge.DIALOG.put("channel", "2");
    LegacyBridge.DIALOG.put("posteriors", true);
    LegacyBridge.DIALOG.put("atlas_share", 0.5);
    LegacyBridge.DIALOG.put("method", "atlas");
    LegacyBridge.DIALOG.put("threads", 2L);
    final Module first = LegacyBridge.choose(SegmentImageCommand.class);
    final String macro = LegacyBridge.recorded();
    assertTrue(macro.startsWith("run(\"Segment Image...\", \""), macro);
    assertTrue(macro.contains("model=[" + model + "]"), macro);
    assertTrue(macro.contains("atlas_share=0.5") && macro.contains("channel=2"), macro);
    assertFalse(macro.contains("image="), macro);
    LegacyBridge.DIALOG.clear();
    final Module second = LegacyBridge.replay(macro);
    assertArrayEquals(values(Fiji.image(first, "labels")), values(Fiji.image(second, "labels")));
    assertEquals(
        text((ResultsTable) first.getOutput("volumes")),
        text((ResultsTable) second.getOutput("volumes")));
    assertEquals(4, Fiji.image(second, "posteriors").getNChannels());
    assertEquals(first.getInputs().get("method"), second.getInputs().get("method"));
    final Module other = LegacyBridge.replay(macro.replace("method=atlas", "method=none"));
    assertFalse(
        java.util.Arrays.equals(
            values(Fiji.image(first, "labels")), values(Fiji.image(other, "labels"))));
  }

  private static String text(final ResultsTable table) {
    final StringBuilder text = new StringBuilder(table.getColumnHeadings());
    for (int row = 0; row < table.size(); row++)
      text.append('\n').append(table.getRowAsString(row));
    return text.toString();
  }
}
