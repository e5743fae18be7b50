package org.anatomicalpriors.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What the documentation says of files, pictures and messages is so. */
class DocumentationTest {

  private static final Path IMAGES = Path.of("docs", "images");
  private static final long LARGEST = 300_000; // bytes of a picture
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** A picture of one colour would compress to nothing and would show nothing. */
  private static final int LEAST_COLOURS = 8;

  @Test
  void everyLinkLeadsSomewhere() {
    final List<String> lost = new ArrayList<>();
    for (final Markdown page : Markdown.pages())
      for (final String link : page.links()) {
        final String[] parts = link.split("#", 2);
        final Path target =
            parts[0].isEmpty() ? page.file : page.file.resolveSibling(parts[0]).normalize();
        if (!Files.exists(target)) lost.add(page.file + ": " + link);
        else if (parts.length == 2
            && !Markdown.page(target.getFileName().toString()).anchors().contains(parts[1]))
          lost.add(page.file + ": " + link + " (no such heading)");
      }
    assertEquals(List.of(), lost);
  }

  @Test
  void everyPictureIsShownSmallAndNotEmpty() throws IOException {
    final Set<Path> shown = new TreeSet<>();
    for (final Markdown page : Markdown.pages())
      for (final String link : page.links())
        if (link.endsWith(".png")) shown.add(page.file.resolveSibling(link).normalize());
    final Set<Path> there;
    try (Stream<Path> files = Files.list(IMAGES)) {
      there = files.collect(Collectors.toCollection(TreeSet::new));
    }
    assertEquals(there, shown);
    for (final Path file : there) {
      assertTrue(Files.size(file) < LARGEST, file + " has " + Files.size(file) + " bytes");
      final BufferedImage picture = ImageIO.read(file.toFile());
      final Set<Integer> colours = new TreeSet<>();
      for (int y = 0; y < picture.getHeight(); y++)
        for (int x = 0; x < picture.getWidth(); x++) colours.add(picture.getRGB(x, y));
      assertTrue(colours.size() >= LEAST_COLOURS, file + " shows nothing");
    }
  }

  /** Everything that the program can say, as one text. */
  private static String sayings() throws IOException {
    final StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
      for (final Path f :
          files.filter(f -> f.toString().endsWith(".java")).collect(Collectors.toList()))
        all.append(Files.readString(f)).append('\n');
    }
    return all.toString().replaceAll("\"\\s*\\+\\s*\"", "").replace("\\\"", "\u201d");
  }

  @Test
  void everyMessageOfTroubleshootingIsOneOfTheProgram() throws IOException {
    final String sayings = sayings();
    final List<String> unknown = new ArrayList<>();
    int messages = 0;
    for (final String row : Markdown.page("troubleshooting.md").text.split("\n")) {
      if (!row.startsWith("| `")) continue;
      messages++;
      final Matcher quotes = CODE.matcher(row.substring(0, row.indexOf(" | ", 2)));
      while (quotes.find())
        for (final String part : quotes.group(1).split("\u2026"))
          if (!part.isBlank() && !sayings.contains(part.replace('"', '\u201d'))) unknown.add(part);
    }
    assertEquals(List.of(), unknown);
    assertTrue(messages > 60, messages + " messages");
  }
}
