package org.anatomicalpriors.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page of the documentation: README.md or one of docs. */
public final class Markdown {

  private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  public final Path file;
  public final String text;

  private Markdown(final Path file) {
    this.file = file;
    try {
      text = Files.readString(file);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All pages. */
  public static List<Markdown> pages() {
    try (Stream<Path> files = Files.list(Path.of("docs"))) {
      return Stream.concat(Stream.of(Path.of("README.md")), files.sorted())
          .filter(f -> f.toString().endsWith(".md"))
          .map(Markdown::new)
          .collect(Collectors.toList());
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page with this file name. */
  public static Markdown page(final String name) {
    return pages().stream().filter(p -> p.file.endsWith(name)).findFirst().orElseThrow();
  }

  /** Blocks of code in a language, by the page and the number of the block. */
  public static Map<String, String> blocks(final String... languages) {
    final Map<String, String> blocks = new LinkedHashMap<>();
    for (final Markdown page : pages()) {
      int number = 0;
      for (final Matcher m = FENCE.matcher(page.text); m.find(); number++)
        if (Set.of(languages).contains(m.group(1)))
          blocks.put(page.file + " " + number + "." + m.group(1), m.group(2));
    }
    return blocks;
  }

  /** Lines that a person would type into a shell. */
  public List<String> shellLines() {
    final List<String> lines = new ArrayList<>();
    for (final String line : text.split("\n"))
      if (line.startsWith("    scripts/") || line.startsWith("anatomical-priors "))
        lines.add(line.trim());
    return lines;
  }

  /** Where links and pictures lead, other than to the web. */
  public List<String> links() {
    final List<String> links = new ArrayList<>();
    for (final Matcher m = LINK.matcher(text); m.find(); )
      if (!m.group(1).startsWith("http")) links.add(m.group(1));
    return links;
  }

  /** Names of the headings as links give them. */
  Set<String> anchors() {
    final Set<String> anchors = new TreeSet<>();
    for (final Matcher m = HEADING.matcher(text); m.find(); )
      anchors.add(
          m.group(1).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-'));
    return anchors;
  }
}
