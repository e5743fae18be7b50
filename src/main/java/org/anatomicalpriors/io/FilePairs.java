package org.anatomicalpriors.io;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.anatomicalpriors.InvalidInputException;

/**
 * Which segmentation belongs to which reference. Two files are a pair whatever their names; in
 * folders, base names decide, and {@code NAME-labels} belongs to {@code NAME} too.
 */
public final class FilePairs {

  private static final String LABELS = "-labels";
  private static final List<String> OTHER_RESULTS =
      List.of("-posteriors", "-uncertainty", "-bias-field", "-corrected");

  private final Map<Path, Path> pairs = new LinkedHashMap<>();
  private final List<Path> unmatched = new ArrayList<>();

  private FilePairs() {}

  /**
   * Pairs two files or the contents of two folders.
   *
   * @throws InvalidInputException if one is a file and the other a folder, or nothing matches
   */
  public static FilePairs of(final Path reference, final Path segmentation) {
    final List<Path> references = Images.list(reference);
    final List<Path> segmentations = Images.list(segmentation);
    final FilePairs result = new FilePairs();
    final boolean folder = Files.isDirectory(reference);
    if (folder != Files.isDirectory(segmentation))
      throw new InvalidInputException(
          "Of "
              + reference
              + " and "
              + segmentation
              + " one is a folder and the other a file; give two files or two folders.");
    if (folder) result.match(references, segmentations);
    else result.pairs.put(reference, segmentation);
    if (result.pairs.isEmpty())
      throw new InvalidInputException(
          "No file in "
              + segmentation
              + " belongs to one in "
              + reference
              + " by its name ("
              + some(segmentations)
              + " and "
              + some(references)
              + "); give the segmentations the names of their references, or these with \"-labels\" added.");
    return result;
  }

  private void match(final List<Path> references, final List<Path> segmentations) {
    final Map<String, Path> byName = new LinkedHashMap<>();
    for (final Path s : segmentations)
      if (OTHER_RESULTS.stream().noneMatch(Images.baseName(s)::endsWith))
        byName.put(Images.baseName(s), s);
    for (final Path r : references) {
      final String name = Images.baseName(r);
      final String plain = withoutSuffix(name);
      Path found = null;
      for (final String candidate : List.of(plain + LABELS, name, plain))
        if (found == null) found = byName.remove(candidate);
      if (found == null) unmatched.add(r);
      else pairs.put(r, found);
    }
    unmatched.addAll(byName.values());
  }

  private static String withoutSuffix(final String name) {
    return name.endsWith(LABELS) ? name.substring(0, name.length() - LABELS.length()) : name;
  }

  private static String some(final List<Path> files) {
    return files.stream()
            .limit(3)
            .map(f -> f.getFileName().toString())
            .collect(Collectors.joining(", "))
        + (files.size() > 3 ? ", ..." : "");
  }

  /** Segmentation by reference, in the order of the references. */
  public Map<Path, Path> pairs() {
    return pairs;
  }

  /** Files of either folder that have no partner. */
  public List<Path> unmatched() {
    return unmatched;
  }
}
