package org.anatomicalpriors.updatesite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What Fiji brings itself. A site that has a file of the same name replaces Fiji's for all plugins.
 * The list names its sources; it holds artifacts, which are jars of any version in Fiji's {@code
 * jars/} or {@code plugins/}, and paths of other files.
 */
final class ShippedByFiji {

  private final Set<String> names;

  private ShippedByFiji(final Set<String> names) {
    this.names = names;
  }

  static ShippedByFiji list() {
    try (InputStream in = ShippedByFiji.class.getResourceAsStream("shipped-by-fiji.txt");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return new ShippedByFiji(
          lines
              .lines()
              .filter(l -> !l.startsWith("#") && !l.isBlank())
              .collect(Collectors.toSet()));
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param path relative to Fiji's folder, with or without version
   */
  boolean has(final String path) {
    return SitePath.onClassPath(path)
        ? names.contains(SitePath.artifact(path))
        : names.contains(path);
  }

  int size() {
    return names.size();
  }
}
