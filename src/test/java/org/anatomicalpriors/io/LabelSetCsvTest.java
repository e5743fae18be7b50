package org.anatomicalpriors.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.labels.Label;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.labels.Palette;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSetCsvTest {

  @TempDir Path folder;

  private LabelSet read(final String text) throws IOException {
    final Path file = folder.resolve("labels.csv");
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    return LabelSetCsv.read(file);
  }

  private String messageOf(final String text) {
    return assertThrows(InvalidInputException.class, () -> read(text)).getMessage();
  }

  private static void assertSame(final LabelSet expected, final LabelSet actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      final Label a = expected.get(i), b = actual.get(i);
      assertEquals(a.id(), b.id());
      assertEquals(a.name(), b.name());
      assertEquals(a.rgb(), b.rgb());
      assertEquals(Set.copyOf(a.sourceIds()), Set.copyOf(b.sourceIds()));
      assertEquals(a.group(), b.group());
      assertEquals(a.mirrorId(), b.mirrorId());
    }
  }

  @Test
  void readsAllColumns() throws IOException {
    final LabelSet set =
        read(
            "\uFEFFID,Color,NAME,Merge,group,mirror\r\n"
                + "5,#FF8001,\"left, upper\",15 25;35,grey,6\r\n"
                + "6,,right,,,\r\n");
    assertEquals(3, set.size());
    assertEquals("background", set.get(0).name());
    assertEquals("left, upper", set.get(1).name());
    assertEquals(0xff8001, set.get(1).rgb());
    assertEquals(List.of(5, 15, 25, 35), set.get(1).sourceIds());
    assertEquals("grey", set.get(1).group());
    assertEquals(Palette.color(6), set.get(2).rgb());
    assertArrayEquals(new int[] {0, 2, 1}, set.mirrorIndices());
  }

  @Test
  void putsTheBackgroundFirst() throws IOException {
    final LabelSet set = read("id,name,merge\n3,a,\n0,nothing,99\n");
    assertEquals("nothing", set.get(0).name());
    assertEquals(0, set.indexOfSource(99));
    assertEquals(1, set.indexOf(3));
  }

  @Test
  void pairsSidesByNameWithoutMirrorColumn() throws IOException {
    final LabelSet set =
        read("id,name\n1,Left-Thalamus\n2,Right-Thalamus\n3,brain-stem\n4,left x\n");
    assertArrayEquals(new int[] {0, 2, 1, 3, 4}, set.mirrorIndices());
    assertEquals("Thalamus", set.get(1).group());
    assertEquals("Thalamus", set.get(2).group());
  }

  @Test
  void writesWhatItReads() throws IOException {
    final LabelSet set =
        read("id,name,merge,mirror\n7,\"a \"\"b\"\", c\",1;2,8\n8,d,,7\n300,e\u00e9,,\n");
    final Path file = folder.resolve("copy.csv");
    LabelSetCsv.write(set, file);
    assertSame(set, LabelSetCsv.read(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(2, files.count(), "no temporary file stays");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id,name;x,a|line 2: 'x' in column id is not a whole number of 0 or more",
        "id,name;1,a;-2,b|line 3: '-2' in column id is not a whole number",
        "id,name;1,|line 2: the name is empty",
        "id,name;1,a;1,b|line 3: id 1 occurs twice",
        "id,name,color;1,a,red|line 2: the color 'red' is not of the form #RRGGBB",
        "id,name,merge;1,a,9;2,b,9|line 3: id 9 already belongs to 'a'",
        "id,name,merge;1,a,2;2,b,|line 3: id 2 already belongs to 'a'",
        "id,name,mirror;1,a,7|line 2: mirror 7 is not the id of any row",
        "id,name,mirror;1,a,2;2,b,3;3,c,|line 2: mirror 2 is already the mirror of id 3",
        "value,name;1,a|needs a header row with at least id and name",
        "id,name;0,nothing|lists no structure",
        "id,name,name;1,a,b|is not a readable CSV table"
      })
  void namesFileAndLineOfErrors(final String table, final String expected) {
    final String message = messageOf(table.replace(';', '\n'));
    assertTrue(message.contains(expected), message);
    assertTrue(message.contains("labels.csv"), message);
  }

  @Test
  void damagedQuotesAreRefused() {
    for (final String table :
        List.of(
            "id,\"na\"me\n1,a\n", "\"id,name\n1,a\n", "id,name\n1,\"a\"b\n", "id,name\n1,\"a\n"))
      assertTrue(messageOf(table).contains("labels.csv is not a readable CSV table ("), table);
  }

  @Test
  void messagesStayShortAndOnOneLine() {
    final String long1 = "x".repeat(1_000_000), lines = "\"a\n\u0000b\"";
    for (final String cell : List.of(long1, lines))
      for (final String table :
          List.of(
              cell + ",name\n1,a\n",
              "id,name," + cell + "," + cell + "\n1,a,,\n",
              "id,name\n" + cell + ",a\n",
              "id,name,color\n1,a," + cell + "\n",
              "id,name,merge\n1,a,y" + cell.replace(" ", "") + "\n",
              "id,name,merge\n1," + cell + ",2\n2,b,\n")) {
        final String message = messageOf(table);
        assertTrue(message.length() < 500 + folder.toString().length(), message.length() + "");
        assertTrue(message.chars().noneMatch(Character::isISOControl), message);
      }
  }

  /**
   * Took minutes (138 s for half of it) where each place of a long run was tried as the start of
   * the name's end.
   */
  @Test
  void longRunsInNamesAreReadAtOnce() throws IOException {
    final String run = "_".repeat(400_000);
    final LabelSet set = read("id,name\n1,a" + run + "b\n2,left c" + run + "\n");
    assertEquals("a" + run + "b", set.get(1).group());
    assertEquals("c", set.get(2).group());
  }

  @Test
  void mirrorsThatGoRoundAreRefused() {
    assertTrue(
        messageOf("id,name,mirror\n1,a,2\n2,b,3\n3,c,1\n")
            .contains("line 2: mirror 2 is already the mirror of id 3"));
  }

  @Test
  void textThatIsNoPathIsRefused() {
    assertTrue(
        assertThrows(InvalidInputException.class, () -> LabelSetCsv.open("a\u0000b"))
            .getMessage()
            .startsWith("a b is neither a file nor a built-in label set"));
  }

  @Test
  void tooManyLabelsAreRefused() {
    final StringBuilder text = new StringBuilder("id,name\n");
    for (int i = 1; i <= 255; i++) text.append(i).append(",n").append(i).append('\n');
    assertTrue(messageOf(text.toString()).contains("lists 256 labels; at most 255"));
  }

  @Test
  void unknownNamesAreRefused() {
    final InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> LabelSetCsv.open("no-such-set"));
    assertTrue(e.getMessage().contains("neither a file nor a built-in label set"));
    assertTrue(e.getMessage().contains("freesurfer-compact"));
  }

  @Test
  void sourceColumnInAnotherNumberingIsIgnored() throws IOException {
    final LabelSet set = read("id,structure,source_ids\n1,a,2 3\n2,b,17 1\n");
    assertEquals(List.of(1), set.get(1).sourceIds());
    assertEquals(List.of(2), set.get(2).sourceIds());
  }

  @Test
  void builtInSetMergesFreeSurferIds() {
    final LabelSet set = LabelSetCsv.open("freesurfer-compact");
    assertEquals(18, set.size());
    for (final int source : new int[] {41, 25, 57, 77, 255})
      assertEquals(set.indexOf(2), set.indexOfSource(source));
    for (final int source : new int[] {5, 43, 44, 31, 63, 72, 136, 137, 163, 164})
      assertEquals(set.indexOf(4), set.indexOfSource(source));
    for (final int source : new int[] {30, 62, 85}) assertEquals(0, set.indexOfSource(source));
    assertEquals(9, set.groupNames().size());
    final int[] groups = set.groupIndices();
    assertEquals(groups[set.indexOf(3)], groups[set.indexOf(17)]);
    assertEquals(groups[set.indexOf(10)], groups[set.indexOf(28)]);
    assertEquals(
        set.size(),
        set.labels().stream().map(Label::rgb).distinct().count(),
        "every structure has its own colour");
  }

  @Test
  void paletteColoursDiffer() {
    final List<Integer> colours = new ArrayList<>();
    for (int id = 0; id < 255; id++) colours.add(Palette.color(id));
    assertEquals(255, colours.stream().distinct().count());
    assertEquals("#00FF0A", Palette.toHex(0x00ff0a));
  }

  @Test
  void readsTheSharedTables() {
    final String set = System.getenv("ANATOMICAL_PRIORS_DATA");
    final Path data =
        Paths.get(
            System.getProperty("ANATOMICAL_PRIORS_DATA", set == null ? "../shared/data" : set));
    assumeTrue(Files.isDirectory(data), "no shared data");
    final LabelSet compact = LabelSetCsv.read(data.resolve("brain/labels_compact.csv"));
    assertEquals(18, compact.size());
    assertEquals(compact.indexOf(4), compact.indexOfSource(44));
    final LabelSet full = LabelSetCsv.read(data.resolve("brain/labels_full.csv"));
    assertEquals(33, full.size());
    assertEquals(full.indexOf(42), full.mirrorIndices()[full.indexOf(3)]);
    final LabelSet mouse = LabelSetCsv.read(data.resolve("mouse_brain/labels.csv"));
    assertEquals(21, mouse.size());
    assertEquals(mouse.indexOf(7), mouse.indexOfSource(27));
    assertEquals(13, LabelSetCsv.read(data.resolve("fly_brain/labels.csv")).size());
    assertTrue(LabelSetCsv.read(data.resolve("fly_brain/labels_41.csv")).size() > 40);
  }
}
