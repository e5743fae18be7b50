package org.anatomicalpriors.updatesite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.anatomicalpriors.InvalidInputException;

/** Installs a site into a Fiji folder, or updates it, as Fiji's updater does when all is chosen. */
final class SiteInstaller {

  private final String platform;

  /**
   * @param platform the updater's name of the computer
   */
  SiteInstaller(final String platform) {
    this.platform = platform;
  }

  /**
   * @return paths of the installed files, relative to Fiji's folder
   * @throws InvalidInputException if a file is not what its record says
   */
  List<String> install(final Path site, final Path fiji) throws IOException {
    final List<String> installed = new ArrayList<>();
    for (final PluginRecord record : Database.read(site).records()) {
      if (!record.platforms.isEmpty() && !record.platforms.contains(platform)) continue;
      for (final Past past : record.past)
        if (record.current().isEmpty() || !past.filename.equals(record.filename))
          remove(past, fiji);
      if (record.current().isEmpty()) continue;
      fetch(site.resolve(record.siteName()), record, fiji.resolve(record.filename));
      installed.add(record.filename);
    }
    return installed;
  }

  /** A file that someone has changed stays. */
  private static void remove(final Past past, final Path fiji) throws IOException {
    final Path file = fiji.resolve(past.filename);
    if (Files.isRegularFile(file) && Checksum.of(past.filename, file).equals(past.checksum))
      Files.delete(file);
  }

  private static void fetch(final Path source, final PluginRecord record, final Path target)
      throws IOException {
    final Current current = record.current().orElseThrow();
    Files.createDirectories(target.getParent());
    Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
    if (Files.size(target) != current.size
        || !Checksum.of(record.filename, target).equals(current.checksum))
      throw new InvalidInputException(
          source + " is not what its record says; validate the site and build it anew.");
  }
}
