package org.anatomicalpriors.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.tensorflow.EngineSettings;
import org.anatomicalpriors.training.PriorSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {

  private enum Colour {
    RED,
    LIGHT_BLUE
  }

  private static final Setting<Long> COUNT =
      Setting.integer("count", 3, 1, 10, "maps", "How many.");
  private static final Setting<Double> WEIGHT =
      Setting.real("weight", 0.5, 0, 1e6, "", "How much.");
  private static final Setting<Boolean> FLIP = Setting.flag("flip", true, "Whether.");
  private static final Setting<Colour> COLOUR = Setting.choice("colour", Colour.RED, "Which.");
  private static final Setting<List<Integer>> SIZES =
      Setting.integers("sizes", List.of(1, 2), 1, 99, "voxels", "How large.");
  private static final Setting<String> NAME = Setting.text("name", "x", "What.");
  private static final List<Setting<?>> ALL = List.of(COUNT, WEIGHT, FLIP, COLOUR, SIZES, NAME);

  @Test
  void defaultsHoldUntilAValueIsSet() {
    final Settings s = Settings.of(ALL);
    assertEquals(ALL, s.settings());
    assertEquals(3L, s.get(COUNT));
    final Settings other = s.with(COUNT, 4L).with(COLOUR, Colour.LIGHT_BLUE);
    assertEquals(4, other.getInt(COUNT));
    assertEquals(Colour.LIGHT_BLUE, other.get(COLOUR));
    assertEquals(3, s.getInt(COUNT), "settings are immutable");
  }

  @Test
  void textsComeBackAsValues() {
    final Settings s =
        Settings.of(ALL)
            .withTexts(
                Map.of(
                    "count", " 7 ",
                    "weight", "1e-3",
                    "flip", "FALSE",
                    "colour", "Light_Blue",
                    "sizes", "5, 6,7",
                    "name", "a b"));
    assertEquals(7L, s.get(COUNT));
    assertEquals(1e-3, s.get(WEIGHT));
    assertFalse(s.get(FLIP));
    assertEquals(Colour.LIGHT_BLUE, s.get(COLOUR));
    assertEquals(List.of(5, 6, 7), s.get(SIZES));
    assertEquals("a b", s.get(NAME));
    assertEquals(s.toTexts(), Settings.of(ALL).withTexts(s.toTexts()).toTexts());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "count | 0 | a whole number from 1 to 10 maps",
        "count | 11 | a whole number from 1 to 10 maps",
        "count | 2.5 | a whole number from 1 to 10 maps",
        "count | many | a whole number from 1 to 10 maps",
        "count | 99999999999999999999 | a whole number from 1 to 10 maps",
        "weight | -1 | a number from 0 to 1000000",
        "weight | NaN | a number from 0 to 1000000",
        "weight | Infinity | a number from 0 to 1000000",
        "weight | 0,5 | a number from 0 to 1000000",
        "flip | maybe | one of true, false",
        "colour | green | one of red, light_blue",
        "sizes | 1,100 | whole numbers from 1 to 99 voxels joined by commas",
        "sizes | 1,,2 | whole numbers from 1 to 99 voxels joined by commas",
        "sizes | '' | whole numbers from 1 to 99 voxels joined by commas",
        "count | '' | a whole number from 1 to 10 maps"
      })
  void wrongTextsAreRefusedWithWhatIsTaken(
      final String name, final String text, final String range) {
    assertEquals(
        "\"" + text + "\" was given for " + name + "; give " + range + ".",
        assertThrows(
                InvalidInputException.class, () -> Settings.of(ALL).withTexts(Map.of(name, text)))
            .getMessage());
  }

  @Test
  void wrongValuesAreRefusedAsTextsAre() {
    assertEquals(
        "\"11\" was given for count; give a whole number from 1 to 10 maps.",
        assertThrows(InvalidInputException.class, () -> Settings.of(ALL).with(COUNT, 11L))
            .getMessage());
    assertThrows(InvalidInputException.class, () -> Settings.of(ALL).with(SIZES, List.of()));
  }

  @Test
  void unknownNamesAreRefusedWithThoseKnown() {
    assertEquals(
        "There is no setting \"cuont\"; known are count, weight, flip, colour, sizes, name.",
        assertThrows(
                InvalidInputException.class, () -> Settings.of(ALL).withTexts(Map.of("cuont", "3")))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> Settings.of(List.of(COUNT)).get(FLIP));
  }

  static List<List<Setting<?>>> lists() {
    return List.of(PriorSettings.ALL, EngineSettings.ALL);
  }

  @ParameterizedTest
  @MethodSource("lists")
  void everySettingIsDescribedAndItsDefaultIsValid(final List<Setting<?>> settings) {
    final Set<String> names = new HashSet<>();
    for (final Setting<?> s : settings) {
      assertTrue(names.add(s.name()), s.name() + " occurs twice");
      assertTrue(s.name().matches("[a-z]+(-[a-z]+)*"), s.name());
      assertTrue(s.description().endsWith("."), s.name());
      checkDefault(s);
    }
  }

  private static <T> void checkDefault(final Setting<T> s) {
    assertEquals(s.defaultValue(), s.check(s.defaultValue()));
    assertEquals(s.defaultValue(), s.parse(s.format(s.defaultValue())), s.name());
    assertFalse(s.range().isEmpty());
  }
}
