package org.anatomicalpriors.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.anatomicalpriors.service.AnatomicalPriorService;
import org.anatomicalpriors.settings.Setting;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.log.LogListener;
import org.scijava.log.LogService;
import org.scijava.menu.MenuService;
import org.scijava.menu.ShadowMenu;
import org.scijava.module.ModuleItem;

class MenuTest {

  private static Fiji fiji;

  @BeforeAll
  static void start() {
    fiji = new Fiji();
  }

  @AfterAll
  static void end() {
    fiji.close();
  }

  @Test
  void theMenuHoldsEveryCommandInTheOrderOfWork() {
    ShadowMenu menu = fiji.context.service(MenuService.class).getMenu();
    for (final String label : List.of("Plugins", "Segmentation", "Anatomical Priors")) {
      final String wanted = label;
      menu =
          menu.getChildren().stream()
              .filter(m -> m.getName().equals(wanted))
              .findFirst()
              .orElseThrow();
    }
    final List<String> labels = new ArrayList<>();
    menu.getChildren().forEach(m -> labels.add(m.getName()));
    assertEquals(
        List.of(
            "Train Prior...",
            "Train Segmenter...",
            "Segment Image...",
            "Segment Folder...",
            "Refine Segmentation...",
            "Explore Prior...",
            "Evaluate Segmentation...",
            "Draw Samples...",
            "Reconstruct Label Maps...",
            "Generate Synthetic Data...",
            "Model Info...",
            "Engine and Devices...",
            "Help"),
        labels);
  }

  static List<CommandInfo> commands(final Fiji fiji) {
    final List<CommandInfo> ours = new ArrayList<>();
    for (final CommandInfo info : fiji.context.service(CommandService.class).getCommands())
      if (info.getClassName().startsWith("org.anatomicalpriors.")) ours.add(info);
    return ours;
  }

  @Test
  void everyCommandIsThereOnceAndRunsWithoutAScreen() {
    assertEquals(13, commands(fiji).size());
    for (final CommandInfo info : commands(fiji)) {
      assertTrue(info instanceof SettingCommandInfo, info.getClassName());
      assertTrue(info.canRunHeadless(), info.getClassName());
      assertTrue(info.isValid(), () -> info.getProblems().toString());
      assertNotNull(fiji.context.service(CommandService.class).getCommand(info.getClassName()));
    }
  }

  @Test
  void parametersTeachAndNothingIsRequiredInSilence() {
    for (final CommandInfo info : commands(fiji))
      for (final ModuleItem<?> input : info.inputs()) {
        final String where = info.getTitle() + " " + input.getName();
        if (input.getType().getName().startsWith("org.scijava.")
            || input.getType().getName().startsWith("org.anatomicalpriors.")) continue;
        assertFalse(input.isRequired(), where);
        assertTrue(input.getDescription().length() > 20, where);
        assertTrue(input.getDescription().endsWith("."), where + input.getDescription());
        assertTrue(input.getName().matches("[a-z0-9_]+"), where);
        if (input.getType() == File.class || input.getType() == ij.ImagePlus.class)
          assertFalse(input.isPersisted(), where);
      }
  }

  @Test
  void segmentImageHasTheSettingsWithTheirLimitsAndDefaults() {
    final CommandInfo info =
        fiji.context.service(CommandService.class).getCommand(SegmentImageCommand.class);
    assertEquals(0L, info.getInput("refine").getDefaultValue());
    assertEquals(0L, info.getInput("refine").getMinimumValue());
    assertEquals(100_000L, info.getInput("refine").getMaximumValue());
    assertEquals(0.1, info.getInput("atlas_share").getDefaultValue());
    assertEquals(Arrays.asList("prior", "atlas", "none"), info.getInput("method").getChoices());
    assertEquals("open", info.getInput("model").getWidgetStyle());
    assertEquals(true, info.getInput("align").getDefaultValue());
    assertFalse(info.getInput("refine").isPersisted(), "without a screen");
  }

  @Test
  void withoutItsInputsEveryCommandFailsLoudly() {
    for (final CommandInfo info : commands(fiji)) {
      final String label = info.getMenuPath().getLeaf().getName();
      if (label.equals("Help") || label.equals("Engine and Devices...")) continue; // need nothing
      final Exception e =
          assertThrows(
              ExecutionException.class,
              () -> fiji.context.service(CommandService.class).run(info, true).get(),
              label);
      assertTrue(
          Stream.iterate((Throwable) e, t -> t != null, Throwable::getCause)
              .anyMatch(
                  t -> t instanceof Failure && t.getMessage().matches("No .* was given[;.].*")),
          () -> label + ": " + e);
    }
  }

  @Test
  void helpTellsWhereTheGuideIs() throws Exception {
    final List<String> logged = new CopyOnWriteArrayList<>();
    final LogListener listener = m -> logged.add(m.text());
    fiji.context.service(LogService.class).addLogListener(listener);
    fiji.run(HelpCommand.class);
    fiji.context.service(LogService.class).removeLogListener(listener);
    assertTrue(
        logged.stream().anyMatch(l -> l.matches("The user guide is at https://.*/docs/.*\\.md")),
        logged.toString());
  }

  @Test
  void choicesAreRememberedButNotThoseOfOneRun() {
    final CommandInfo info =
        fiji.context.service(CommandService.class).getCommand(SegmentImageCommand.class);
    final List<String> forgotten = new ArrayList<>();
    for (final Setting<?> s :
        fiji.context.service(AnatomicalPriorService.class).backend().imageSettings())
      if (!SettingItem.of(info, s, () -> true).isPersisted()) forgotten.add(s.name());
    assertEquals(
        List.of("model", "channel", "frame", "voxel-size", "mask", "output", "download"),
        forgotten);
  }
}
