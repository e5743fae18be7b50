package org.anatomicalpriors.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anatomicalpriors.files.AtomicFiles;

/**
 * Makes the one table of volumes ({@code volumes.csv}) from those of the single images, sorted by
 * name. Images whose results are not whole, or were made by another model, other settings or
 * another version, are left out. What was read once is kept, so that the table can be made again
 * and again while results come in.
 */
public final class VolumesTables {

  private final Path folder;
  private final Run run;
  private final Map<String, Entry> known = new HashMap<>();

  private static final class Entry {
    final FileTime recorded;
    final String rows; // null if not of this run

    Entry(final FileTime recorded, final String rows) {
      this.recorded = recorded;
      this.rows = rows;
    }
  }

  /**
   * @param folder of the results
   */
  public VolumesTables(final Path folder, final Run run) {
    this.folder = folder;
    this.run = run;
  }

  /** Name of the table's file. */
  public static final String FILE = "volumes.csv";

  /**
   * Writes the table of what is in the folder now.
   *
   * @return number of images that are left out because they are of other runs
   * @throws UncheckedIOException if a file cannot be read or written
   */
  public synchronized int write() {
    final Map<String, String> rows = new TreeMap<>();
    int others = 0;
    for (final ResultPaths files : images()) {
      final Entry entry = entry(files);
      if (entry == null) continue;
      if (entry.rows == null) others++;
      else rows.put(files.name(), entry.rows);
    }
    AtomicFiles.write(
        folder.resolve(FILE),
        out -> {
          out.write(VolumesTable.HEADER.getBytes(StandardCharsets.UTF_8));
          for (final String r : rows.values()) out.write(r.getBytes(StandardCharsets.UTF_8));
        });
    return others;
  }

  private List<ResultPaths> images() {
    final List<ResultPaths> images = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, "*" + ResultPaths.VOLUMES)) {
      for (final Path file : files) ResultPaths.of(file).ifPresent(images::add);
    } catch (final IOException | DirectoryIteratorException e) {
      throw new UncheckedIOException(
          "The folder " + folder + " could not be listed.",
          e instanceof IOException ? (IOException) e : ((DirectoryIteratorException) e).getCause());
    }
    return images;
  }

  /** What is known of an image; null while its results are not whole. */
  private Entry entry(final ResultPaths files) {
    try {
      final FileTime recorded = Files.getLastModifiedTime(files.record());
      Entry entry = known.get(files.name());
      if (entry == null || !entry.recorded.equals(recorded)) {
        final boolean ours = PastRun.of(files).filter(p -> p.hasLabelsOf(run)).isPresent();
        entry = new Entry(recorded, ours ? rows(files) : null);
        known.put(files.name(), entry);
      }
      return entry;
    } catch (final NoSuchFileException e) {
      return null; // Not done, or being done anew at this moment.
    } catch (final IOException e) {
      throw new UncheckedIOException(
          files.volumes() + " could not be read (" + e.getMessage() + ").", e);
    }
  }

  private static String rows(final ResultPaths files) throws IOException {
    final String text = Files.readString(files.volumes());
    return text.startsWith(VolumesTable.HEADER)
        ? text.substring(VolumesTable.HEADER.length())
        : null;
  }
}
