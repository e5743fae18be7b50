package org.anatomicalpriors.accuracy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The label maps and images of the studies, by their places in the data's folder. */
final class SharedData {

  /** CSF round the brain, which the FreeSurfer reference has not. */
  private static final Set<Integer> NOT_SCORED = Set.of(24);

  private final Path root;

  SharedData(final Path root) {
    this.root = root;
  }

  /** Ten brains to learn from. */
  List<Path> brains() {
    return files("brain/maps_raw", "seg_(01|02|04|05|08|10|13|15|16|17).*");
  }

  /** Four other brains. */
  List<Path> unseenBrains() {
    return files("brain/maps_raw", "seg_(06|07|09|20).*");
  }

  /** Twelve images simulated from the four. */
  Group simulations(final int mm) {
    return new Group(
        "12 simulations, " + mm + " mm",
        files("brain/sim/" + mm + "mm", "seg_.*").stream()
            .map(
                f ->
                    Case.of(
                        f,
                        root.resolve("brain/maps/" + mm + "mm")
                            .resolve(name(f).substring(0, 6) + "_compact.nii.gz")))
            .collect(Collectors.toList()),
        NOT_SCORED);
  }

  /**
   * The simulations of all individuals in the same contrasts, segmented together.
   *
   * @param contrasts the first is the one on which the others are laid
   */
  Group contrasts(final int mm, final String... contrasts) {
    return new Group(
        String.join(" + ", contrasts),
        simulations(mm).cases().stream()
            .filter(c -> c.name().endsWith("_" + contrasts[0]))
            .map(
                c ->
                    c.with(
                        Stream.of(contrasts)
                            .skip(1)
                            .map(
                                other ->
                                    c.file()
                                        .resolveSibling(
                                            c.name().replace(contrasts[0], other) + ".nii.gz"))
                            .collect(Collectors.toList())))
            .collect(Collectors.toList()),
        NOT_SCORED);
  }

  /** One of each individual, every contrast among them. */
  Group fourSimulations(final int mm) {
    return new Group(
        "4 simulations, " + mm + " mm",
        simulations(mm).cases().stream()
            .filter(c -> c.name().matches("seg_(06_T1|07_T2|09_FLAIR|20_T1)"))
            .collect(Collectors.toList()),
        NOT_SCORED);
  }

  /** The real T1 image with its FreeSurfer reference. */
  Group realT1(final int mm) {
    final Path folder = root.resolve("brain/real/t1_freesurfer");
    return one(
        "real T1, " + mm + " mm",
        folder.resolve("t1_" + mm + "mm.nii.gz"),
        folder.resolve("ref_compact_" + mm + "mm.nii.gz"));
  }

  /** The same image before it was brought to the maps' space. */
  Group nativeT1() {
    final Path folder = root.resolve("brain/real/t1_freesurfer");
    return one(
        "real T1, native", folder.resolve("t1_native.nii.gz"), folder.resolve("seg_native.nii.gz"));
  }

  private static Group one(final String name, final Path image, final Path truth) {
    return new Group(name, List.of(Case.of(image, truth)), NOT_SCORED);
  }

  /** Averages of 152 adults with tissues as truth. */
  Group averages() {
    final Path folder = root.resolve("brain/real/avg152_t1_t2_pd");
    return new Group(
        "averages",
        Stream.of("T1", "T2", "PD")
            .map(
                c ->
                    Case.of(
                        folder.resolve("avg152_" + c + "_brain_2mm.nii.gz"),
                        folder.resolve("tissue_2mm.nii.gz")))
            .collect(Collectors.toList()),
        Set.of());
  }

  /** The averages segmented together, on the voxels of each in turn. */
  Group averagesTogether() {
    final List<Case> all = averages().cases();
    return new Group(
        "averages together",
        List.of(
            all.get(0).with(List.of(all.get(1).file())),
            all.get(2).with(List.of(all.get(0).file(), all.get(1).file()))),
        Set.of());
  }

  List<Path> mice() {
    return files("mouse_brain/maps", "neat.*");
  }

  List<Path> unseenMice() {
    return files("mouse_brain/maps", "fvb.*");
  }

  String mouseLabels() {
    return root.resolve("mouse_brain/labels.csv").toString();
  }

  Group mouseImages() {
    return group(
        "5 mice, T2w",
        files("mouse_brain/images", ".*_t2.*"),
        f -> root.resolve("mouse_brain/maps").resolve(name(f).replace("_t2", "_labels")));
  }

  List<Path> hippocampi() {
    return files("hippocampus/train_maps", ".*");
  }

  List<Path> unseenHippocampi() {
    return files("hippocampus/validation", ".*_labels.*");
  }

  Group hippocampusImages() {
    return group(
        "8 crops, T1",
        files("hippocampus/validation", ".*_t1.*"),
        f -> f.resolveSibling(name(f).replace("_t1", "_labels")));
  }

  List<Path> flies() {
    return files("fly_brain/maps", ".*");
  }

  List<Path> unseenFlies() {
    return files("fly_brain/validation", ".*_labels.*");
  }

  Group flyImages() {
    return group(
        "4 simulated stacks",
        files("fly_brain/validation", ".*_nc82sim.*"),
        f -> f.resolveSibling(name(f).replace("_nc82sim", "_labels")));
  }

  private static Group group(
      final String name, final List<Path> images, final Function<Path, Path> truth) {
    final List<Case> cases = new ArrayList<>();
    for (final Path image : images) cases.add(Case.of(image, truth.apply(image)));
    return new Group(name, cases, Set.of());
  }

  private static String name(final Path file) {
    return file.getFileName().toString();
  }

  private List<Path> files(final String folder, final String pattern) {
    final Pattern p = Pattern.compile(pattern);
    try (Stream<Path> all = Files.list(root.resolve(folder))) {
      final List<Path> files =
          all.filter(f -> p.matcher(name(f)).matches()).collect(Collectors.toList());
      Collections.sort(files);
      return files;
    } catch (final IOException e) {
      throw new UncheckedIOException("The data's folder lacks " + folder + ".", e);
    }
  }
}
