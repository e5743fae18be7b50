package org.anatomicalpriors.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.io.LabelSetCsv;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.synthetic.SyntheticAnatomy;
import org.anatomicalpriors.synthetic.SyntheticDataset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "generate",
    description = {
      "Invents a study of synthetic brain-like anatomies, for trying things out: label maps to learn from (labels/), images of other individuals in two contrasts (images/t1_like, images/t2_like), the truth of those (truth/) and the label set (label-set.csv)."
    },
    footer = {"", "Example:", "  anatomical-priors generate --count 12 --images 4 --output study/"})
final class GenerateCommand extends Job {

  static final Setting<Long> COUNT =
      Setting.integer("count", 12, 0, 100_000, "label maps", "Label maps to make.");
  static final Setting<Long> IMAGES =
      Setting.integer(
          "images", 4, 0, 100_000, "individuals", "Further individuals to make images of.");
  static final Setting<Double> SPACING =
      Setting.real("spacing", 2, 0.5, 20, "mm", "Voxel size of the label maps and images.");
  static final Setting<Long> SEED =
      Setting.integer(
          "seed",
          1,
          Long.MIN_VALUE,
          Long.MAX_VALUE,
          "",
          "Start of all random numbers: the same seed makes the same files.");
  static final List<Setting<?>> ALL = List.of(COUNT, IMAGES, SPACING, SEED);

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the study; made if it is not there.")
  private Path output;

  GenerateCommand(final Cancellation cancellation) {
    super(cancellation);
  }

  @Override
  List<Setting<?>> settings() {
    return ALL;
  }

  @Override
  public Integer call() throws IOException {
    try (ShellProgress progress = startProgress()) {
      write(givenSettings(), OutputPaths.folder(output), progress);
    }
    return ErrorMessages.OK;
  }

  /** Writes the study into an existing folder. */
  static void write(final Settings settings, final Path folder, final Progress progress)
      throws IOException {
    if (settings.get(COUNT) + settings.get(IMAGES) == 0)
      throw new InvalidInputException(
          "Neither label maps nor images were asked for; give --count or --images.");
    for (final String part : List.of("labels", "images", "truth"))
      if (Files.exists(folder.resolve(part)))
        throw new InvalidInputException(
            folder
                + " already holds "
                + part
                + ", which would mix with the new study; give another folder or delete it.");
    final SyntheticAnatomy anatomy =
        SyntheticAnatomy.on(
            SyntheticAnatomy.centredGrid(settings.get(SPACING)), settings.get(SEED));
    new SyntheticDataset(anatomy, settings.getInt(COUNT), settings.getInt(IMAGES))
        .write((image, name) -> save(image, folder.resolve(name + ".nii.gz")), progress);
    LabelSetCsv.write(anatomy.labelSet(), folder.resolve("label-set.csv"));
  }

  @SuppressWarnings("unchecked") // the generator makes label maps of bytes and images of floats
  private static void save(final SpatialImage<?> image, final Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Images.save((SpatialImage<? extends RealType<?>>) image, file);
  }
}
