package org.anatomicalpriors.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.List;
import java.util.stream.Stream;
import org.anatomicalpriors.segmentation.SegmentationSettings;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.EngineSettings;
import org.anatomicalpriors.training.PriorSettings;
import org.anatomicalpriors.training.SegmenterSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class SettingOptionsTest {

  private static final Setting<Double> RATE =
      Setting.real("rate", 0.5, 0, 2, "per cent", "Rises by 5 % at most.");
  private static final Setting<Boolean> ON = Setting.flag("on", true, "Does it.");
  private static final Setting<Boolean> OFF = Setting.flag("off", false, "Does it too.");
  private static final Setting<Long> SEED =
      Setting.integer("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE, "", "Start.");
  private static final List<Setting<?>> ALL = List.of(RATE, ON, OFF, SEED);

  static Stream<Arguments> lists() {
    return Stream.of(
        Arguments.of("train-prior", PriorSettings.class, PriorSettings.ALL),
        Arguments.of("train-prior", EngineSettings.class, EngineSettings.ALL),
        Arguments.of("train-segmenter", SegmenterSettings.class, SegmenterSettings.ALL),
        Arguments.of("train-segmenter", EngineSettings.class, EngineSettings.ALL),
        Arguments.of("segment", SegmentationSettings.class, SegmentationSettings.ALL),
        Arguments.of("segment", EngineSettings.class, EngineSettings.ALL));
  }

  @ParameterizedTest
  @MethodSource("lists")
  void everySettingIsAnOptionWithDefaultUnitAndLimits(
      final String command, final Class<?> definitions, final List<Setting<?>> all)
      throws IllegalAccessException {
    final CommandSpec spec =
        Main.commandLine(new Cancellation()).getSubcommands().get(command).getCommandSpec();
    for (final Field field : definitions.getFields())
      if (field.getType() == Setting.class)
        assertTrue(
            all.contains(field.get(null)), definitions.getSimpleName() + ".ALL lacks " + field);
    for (final Setting<?> s : all) {
      final OptionSpec option = spec.findOption("--" + s.name());
      assertNotNull(option, command + " has no option for " + s);
      final String help = String.format(String.join("", option.description()));
      assertTrue(help.startsWith(s.description()), help);
      assertTrue(help.contains("Default: "), help);
      assertTrue(help.contains(s.unit()), help);
      if (s.kind() == Setting.Kind.INTEGER || s.kind() == Setting.Kind.REAL)
        assertTrue(help.contains(s.range()), help);
    }
  }

  private static CommandLine commandLine() {
    final CommandSpec spec = CommandSpec.create();
    SettingOptions.add(spec, "Settings", ALL);
    return new CommandLine(spec);
  }

  private static Settings parse(final String... args) {
    final CommandLine line = commandLine();
    line.parseArgs(args);
    return SettingOptions.read(line.getCommandSpec(), ALL);
  }

  @Test
  void readsWhatIsGivenAndKeepsDefaultsOtherwise() {
    assertEquals(0.5, parse().get(RATE));
    assertEquals(1.5, parse("--rate=1.5").get(RATE));
    assertEquals(-7L, parse("--seed", "-7").get(SEED));
  }

  @Test
  void flagsCanBeSwitchedBothWays() {
    assertTrue(parse().get(ON));
    assertTrue(parse("--on").get(ON));
    assertFalse(parse("--no-on").get(ON));
    assertFalse(parse().get(OFF));
    assertTrue(parse("--off").get(OFF));
  }

  @Test
  void helpKeepsPerCentSignsAndLeavesOutLimitsThatAreOnlyTheTypes() {
    final String help = commandLine().getUsageMessage().replaceAll("\\s+", " ");
    assertTrue(
        help.contains(
            "Rises by 5 % at most. Give a number from 0 to 2 per cent. Default: 0.5 per cent."),
        help);
    assertTrue(help.contains("Start. Give a whole number. Default: 1."), help);
    assertTrue(help.contains("--[no-]on"), help);
  }
}
