package org.anatomicalpriors.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files that hold what was found in one image. A name such as {@code site1/T1} puts them into a
 * folder {@code site1} within the results' folder.
 */
public final class ResultFiles {

  private static final String LABELS = "-labels.nii.gz";
  private static final String POSTERIORS = "-posteriors.nii.gz";
  private static final String UNCERTAINTY = "-uncertainty.nii.gz";
  static final String VOLUMES = "-volumes.csv";
  private static final String MONTAGE = "-montage.png";
  private static final String RECORD = ".json";
  private static final List<String> ENDINGS =
      List.of(LABELS, POSTERIORS, UNCERTAINTY, VOLUMES, MONTAGE, RECORD);

  private final Path folder;
  private final String name;

  /**
   * @param folder of all results
   * @param name of the image, with {@code /} between folders and name
   */
  public ResultFiles(final Path folder, final String name) {
    this.folder = folder;
    this.name = name;
  }

  /** Name of the image, as tables call it. */
  public String name() {
    return name;
  }

  public Path labels() {
    return file(LABELS);
  }

  public Path posteriors() {
    return file(POSTERIORS);
  }

  public Path uncertainty() {
    return file(UNCERTAINTY);
  }

  public Path volumes() {
    return file(VOLUMES);
  }

  public Path montage() {
    return file(MONTAGE);
  }

  /** How the results were made; written last, so that where it is they are whole. */
  public Path record() {
    return file(RECORD);
  }

  /** A hidden file beside the results, such as a claim. */
  public Path hidden(final String ending) {
    final Path record = record();
    final String fileName = record.getFileName().toString();
    final String base = fileName.substring(0, fileName.length() - RECORD.length());
    return record.resolveSibling("." + base + ending);
  }

  /** The files that are written before the record. */
  public List<Path> requested(final boolean posteriors, final boolean uncertainty) {
    final List<Path> files = new ArrayList<>(List.of(labels(), volumes(), montage()));
    if (posteriors) files.add(posteriors());
    if (uncertainty) files.add(uncertainty());
    return files;
  }

  /** Every file that this image's results may have. */
  public List<Path> all() {
    final List<Path> files = requested(true, true);
    files.add(record());
    return files;
  }

  /**
   * Makes the folder in which the files are.
   *
   * @throws UncheckedIOException if that fails
   */
  public void createFolder() {
    final Path parent = record().getParent();
    try {
      Files.createDirectories(parent);
    } catch (final IOException e) {
      throw new UncheckedIOException(
          "The folder " + parent + " could not be made; check the disk and your rights there.", e);
    }
  }

  /** The image whose result this file within the folder is by its name, if it is one. */
  public static Optional<ResultFiles> of(final Path folder, final Path file) {
    final String relative = folder.relativize(file).toString().replace('\\', '/');
    for (final String e : ENDINGS)
      if (relative.endsWith(e) && file.getFileName().toString().length() > e.length())
        return Optional.of(
            new ResultFiles(folder, relative.substring(0, relative.length() - e.length())));
    return Optional.empty();
  }

  private Path file(final String ending) {
    return folder.resolve(name + ending);
  }
}
