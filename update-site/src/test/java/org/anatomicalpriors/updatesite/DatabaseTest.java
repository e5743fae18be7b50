package org.anatomicalpriors.updatesite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.anatomicalpriors.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseTest {

  private static final String SUM = "0123456789abcdef0123456789abcdef01234567";

  @TempDir Path folder;

  private static Database example() {
    return new Database(
        List.of(
            new PluginRecord(
                "plugins/x-1.0.jar",
                List.of(),
                new Current(
                    ToyFiles.SECOND,
                    SUM,
                    12345678901L,
                    new Current.Details(
                        "A < B & \"C\"", List.of("jars/ij.jar"), List.of("u?a&b"), List.of("Ä"))),
                List.of(
                    new Past(ToyFiles.FIRST, SUM, "plugins/x-0.9.jar", ToyFiles.SECOND),
                    new Past(ToyFiles.FIRST, SUM, "plugins/x-0.8.jar", null))),
            new PluginRecord(
                "lib/linux64/y.so",
                List.of("linux64"),
                null,
                List.of(new Past(ToyFiles.FIRST, SUM, "lib/linux64/y.so", ToyFiles.SECOND)))));
  }

  private Path packed(final String text) throws IOException {
    final Path file = folder.resolve(Database.NAME);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    final Path file = folder.resolve(Database.NAME);
    DatabaseWriter.write(example(), file);
    final Database read = Database.read(folder);
    assertEquals(DatabaseWriter.text(example()), DatabaseWriter.text(read));
    final PluginRecord x = read.find("plugins/x.jar").get();
    assertEquals("A < B & \"C\"", x.current().get().details.description);
    assertEquals(12345678901L, x.current().get().size);
    assertEquals("plugins/x-0.9.jar", x.past.get(0).filename);
    assertTrue(x.past.get(1).obsolete().isEmpty());
    assertTrue(read.find("lib/linux64/y.so").get().current().isEmpty());
    assertEquals(List.of("linux64"), read.records().get(0).platforms);
  }

  @Test
  void theSameRecordsAreTheSameBytes() throws IOException {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (final String name : List.of("a", "b")) {
      DatabaseWriter.write(example(), folder.resolve(name));
      bytes.reset();
      bytes.write(Files.readAllBytes(folder.resolve(name)));
      assertArrayEquals(new byte[4], java.util.Arrays.copyOfRange(bytes.toByteArray(), 4, 8));
    }
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("a")), Files.readAllBytes(folder.resolve("b")));
  }

  /** As a site that was filled from within Fiji. */
  @Test
  void anotherWordingOfTheGrammarIsRead() throws IOException {
    final Database read =
        Database.read(
            packed(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                    + "<!DOCTYPE pluginRecords [\n<!ELEMENT pluginRecords ANY>]>\n"
                    + "<pluginRecords><plugin filename=\"lib/x-1.0.jar\"><version checksum=\""
                    + SUM
                    + "\" timestamp=\"20200101000000\" filesize=\"1\"/><previous-version"
                    + " timestamp=\"20190101000000\" timestamp-obsolete=\"0\" checksum=\""
                    + SUM
                    + "\"/></plugin></pluginRecords>"));
    assertEquals("lib/x-1.0.jar", read.records().get(0).past.get(0).filename);
    assertTrue(read.records().get(0).past.get(0).obsolete().isEmpty());
  }

  /** Each replacement breaks the grammar. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<!DOCTYPE pluginRecords | <!-- | it has no DOCTYPE",
        "<platform> | <plattform> | plattform",
        " checksum=\"0123456789abcdef0123456789abcdef01234567\" timestamp=\"20260203040506\" |"
            + " timestamp=\"20260203040506\" | checksum",
        "filesize=\"12345678901\" | filesize=\"many\" | many",
        "<pluginRecords> | <pluginRecords><update-site name=\"a\" url=\"b\" timestamp=\"1\"/> |"
            + " it lists update sites",
        "<description> | <author>a</author><description> | version"
      })
  void whatTheGrammarForbidsIsRefused(final String from, final String to, final String reason)
      throws IOException {
    final String text = DatabaseWriter.text(example());
    final String broken = text.replace(from, to);
    assertTrue(!broken.equals(text), "nothing replaced");
    final Path file = packed(broken);
    final String message =
        assertThrows(InvalidInputException.class, () -> Database.read(file)).getMessage();
    assertTrue(
        message.startsWith(file + " is not a readable list of an update site's files ("), message);
    assertTrue(message.contains(reason), message);
  }

  @Test
  void whatIsNotPackedOrNotThereIsRefused() throws IOException {
    final Path text = Files.writeString(folder.resolve("db.xml"), "<pluginRecords/>");
    for (final Path file : List.of(text, folder.resolve("none"), folder))
      assertThrows(InvalidInputException.class, () -> Database.read(file), file.toString());
  }
}
