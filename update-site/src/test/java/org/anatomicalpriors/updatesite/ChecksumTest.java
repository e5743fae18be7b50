package org.anatomicalpriors.updatesite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksumTest {

  @TempDir Path folder;

  private static Map<String, String> entries(final String... namesAndContents) {
    final Map<String, String> entries = new LinkedHashMap<>();
    for (int i = 0; i < namesAndContents.length; i += 2)
      entries.put(namesAndContents[i], namesAndContents[i + 1]);
    return entries;
  }

  private String jar(final long time, final String... namesAndContents) throws IOException {
    return Checksum.of(
        "jars/x.jar", new ToyFiles(folder).jar("x", time, entries(namesAndContents)));
  }

  /** Expected: {@code printf lib/a.txthello | sha1sum}. */
  @Test
  void aFileIsToldByItsPathAndItsBytes() throws IOException {
    final Path file = new ToyFiles(folder).text("any", "hello");
    assertEquals("54f6d37c874610725388bf5a6c4f64b345094ad1", Checksum.of("lib/a.txt", file));
    assertNotEquals(Checksum.of("lib/a.txt", file), Checksum.of("lib/b.txt", file));
  }

  /** Expected: SHA-1 of the names and contents in order, written down by hand. */
  @Test
  void aJarIsToldByItsEntriesInOrder() throws IOException {
    assertEquals(
        "72d790774859c5680564dabab7f1b01ae7b02cea",
        jar(
            1,
            "p.properties",
            "#Mon Jan 01\nk=v\n",
            "a/",
            "",
            "META-INF/",
            "",
            "a/B.class",
            "code",
            "META-INF/MANIFEST.MF",
            "Built-By: someone"));
  }

  @Test
  void timesManifestAndCommentsDoNotCount() throws IOException {
    final String one =
        jar(1000, "META-INF/MANIFEST.MF", "A: 1", "x.properties", "#a\nk=v", "x", "1");
    assertEquals(
        one, jar(900000000, "x", "1", "x.properties", "#bc\nk=v", "META-INF/MANIFEST.MF", "B: 2"));
    assertNotEquals(
        one, jar(1000, "META-INF/MANIFEST.MF", "A: 1", "x.properties", "#a\nk=w", "x", "1"));
    assertNotEquals(
        one, jar(1000, "META-INF/MANIFEST.MF", "A: 1", "x.properties", "#a\nk=v", "x", "2"));
    assertNotEquals(one, jar(1000, "x.properties", "#a\nk=v", "x", "1"));
  }

  /** In the left column, / is a line break; a line after an empty one is never a comment. */
  @ParameterizedTest
  @CsvSource({
    "a=1/#b/c=2/, a=1//c=2/",
    "#a/#b/c, //c",
    "a#b/, a#b/",
    "#a, ''",
    "##a/#b/c, //c",
    "a//#b/c, a//#b/c",
    "#/#b/#c/, /#b//",
    "/#a/b, /#a/b"
  })
  void commentsAreLeftOutAsTheUpdaterDoes(final String text, final String expected) {
    final byte[] bytes = text.replace('/', '\n').getBytes(StandardCharsets.UTF_8);
    assertEquals(
        expected,
        new String(Checksum.withoutComments(bytes), StandardCharsets.UTF_8).replace('\n', '/'));
  }

  @Test
  void whatIsNoJarIsRefused() throws IOException {
    final Path file = new ToyFiles(folder).text("no.jar", "text");
    assertThrows(ZipException.class, () -> Checksum.of("jars/no.jar", file));
  }
}
