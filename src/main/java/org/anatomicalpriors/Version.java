package org.anatomicalpriors;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Version of this plugin, as the build wrote it. */
public final class Version {

  private static final String RESOURCE = "version.properties";

  private Version() {}

  public static String current() {
    final Properties p = new Properties();
    try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
      p.load(in);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    return p.getProperty("version");
  }
}
