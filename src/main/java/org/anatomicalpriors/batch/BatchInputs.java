package org.anatomicalpriors.batch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.io.ChannelFiles;
import org.anatomicalpriors.io.Companions;
import org.anatomicalpriors.io.ImageFiles;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.output.ResultPaths;

/** The images that people give: files, folders of them, and manifests (see {@link Manifest}). */
public final class BatchInputs {

  private final List<Path> files;
  private final List<BatchInput> listed;

  private BatchInputs(final List<Path> files, final List<BatchInput> listed) {
    this.files = files;
    this.listed = listed;
  }

  /**
   * Looks for all of them.
   *
   * @throws InvalidInputException if one is not there, is none, or is given twice
   */
  public static BatchInputs of(final List<Path> given) {
    final List<Path> plain = new ArrayList<>();
    final List<BatchInput> listed = new ArrayList<>();
    for (final Path path : given)
      if (Manifest.is(path)) listed.addAll(Manifest.read(path));
      else plain.add(path);
    final BatchInputs inputs = new BatchInputs(ImageFiles.list(plain), listed);
    inputs.requireOnce();
    return inputs;
  }

  /** Image files that are there. */
  static BatchInputs ofFiles(final List<Path> files) {
    return new BatchInputs(files, List.of());
  }

  private void requireOnce() {
    final Set<Path> seen = new HashSet<>();
    files.forEach(f -> seen.add(f.toAbsolutePath().normalize()));
    for (final BatchInput input : listed)
      if (!seen.add(input.file().toAbsolutePath().normalize()))
        throw new InvalidInputException(input.file() + " was given twice; give each file once.");
  }

  /** File of the first image. */
  public Path first() {
    return files.isEmpty() ? listed.get(0).file() : files.get(0);
  }

  /**
   * With the files that belong to each. Results of other files given, where they lie in the
   * results' folder, are left out.
   *
   * @param channels files or folders of other channels, see {@link ChannelFiles}
   * @param mask file or folder of masks, or null
   * @param folder for the results
   * @throws InvalidInputException if an image lacks a companion, or a manifest has its own
   */
  List<BatchInput> with(final List<Path> channels, final Path mask, final Path folder) {
    if (!listed.isEmpty() && (mask != null || !channels.isEmpty()))
      throw new InvalidInputException(
          "A mask or other channels were given beside a manifest; name them in the manifest, in its columns mask and channels.");
    final List<Path> all = withoutResults(folder);
    final Companions masks = Companions.of(Companions.Kind.MASK, mask, all);
    final ChannelFiles others = ChannelFiles.of(channels, all);
    final List<BatchInput> inputs = new ArrayList<>();
    for (final Path f : all) inputs.add(new BatchInput(f, others.of(f), masks.of(f)));
    inputs.addAll(listed);
    return inputs;
  }

  private List<Path> withoutResults(final Path folder) {
    final Path results = folder.toAbsolutePath().normalize();
    final Set<String> names = files.stream().map(Images::baseName).collect(Collectors.toSet());
    return files.stream()
        .filter(
            f ->
                !results.equals(f.toAbsolutePath().normalize().getParent())
                    || ResultPaths.of(f).filter(r -> names.contains(r.name())).isEmpty())
        .collect(Collectors.toList());
  }
}
