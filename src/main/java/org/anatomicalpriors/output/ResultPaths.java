package org.anatomicalpriors.output;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The files that hold what was found in one image. */
public final class ResultPaths {

  /** Names and colours of the labels of all images in a folder. */
  public static final String LABEL_SET = "label-set.csv";

  private static final String LABELS = "-labels.nii.gz";
  private static final String VOLUME = ".nii.gz";
  static final String VOLUMES = "-volumes.csv";
  private static final String MONTAGE = "-montage.png";
  private static final String RECORD = ".json";
  private static final List<String> ENDINGS = endings();

  private final Path folder;
  private final String name;

  /**
   * @param folder of all results
   * @param name of the image, with which the names of all files begin
   */
  public ResultPaths(final Path folder, final String name) {
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

  public Path extra(final Extra extra) {
    return file(extra.suffix() + VOLUME);
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

  /** The files that are written before the record. */
  public List<Path> requested(final Set<Extra> extras) {
    final List<Path> files = new ArrayList<>(List.of(labels(), volumes(), montage()));
    for (final Extra e : extras) files.add(extra(e));
    return files;
  }

  /** Every file that this image's results may have. */
  public List<Path> all() {
    final List<Path> files = requested(EnumSet.allOf(Extra.class));
    files.add(record());
    return files;
  }

  /** The image whose result this file is by its name, if it is one. */
  public static Optional<ResultPaths> of(final Path file) {
    final String name = file.getFileName().toString();
    for (final String e : ENDINGS)
      if (name.endsWith(e) && name.length() > e.length())
        return Optional.of(
            new ResultPaths(file.getParent(), name.substring(0, name.length() - e.length())));
    return Optional.empty();
  }

  private static List<String> endings() {
    final List<String> endings = new ArrayList<>(List.of(LABELS, VOLUMES, MONTAGE, RECORD));
    for (final Extra e : Extra.values()) endings.add(e.suffix() + VOLUME);
    return endings;
  }

  private Path file(final String ending) {
    return folder.resolve(name + ending);
  }
}
