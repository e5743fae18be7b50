package org.anatomicalpriors.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.io.LabelSetCsv;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.segmentation.SegmentationSettings;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.synthetic.SyntheticAnatomy;
import org.anatomicalpriors.synthetic.SyntheticDataset;
import org.anatomicalpriors.tensorflow.EngineSettings;

/** Invents a study to try things out with. */
public final class GenerateJob extends CoreJob {

  public static final Setting<Long> COUNT =
      Setting.integer("count", 12, 0, 100_000, "label maps", "Label maps to make.");

  public static final Setting<Long> IMAGES =
      Setting.integer(
          "images",
          4,
          0,
          100_000,
          "individuals",
          "Further individuals to make images of, two contrasts each.");

  public static final Setting<Double> SPACING =
      Setting.real("spacing", 2, 0.5, 20, "mm", "Voxel size of the label maps and images.");

  public GenerateJob() {
    super(
        "generate",
        "Invents a study of synthetic brain-like anatomies, for trying things out: label maps to learn from (labels/), images of other individuals in two contrasts (images/t1_like, images/t2_like), the truth of those (truth/) and the label set (label-set.csv).",
        "generate --count 12 --images 4 --output study/");
  }

  @Override
  public List<Setting<?>> files() {
    return List.of(FileSettings.RESULTS);
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(COUNT, IMAGES, SPACING, SegmentationSettings.SEED);
  }

  @Override
  public List<Setting<?>> machine() {
    return List.of(EngineSettings.VERBOSE);
  }

  @Override
  public JobResult run(final Settings values, final JobContext context) throws IOException {
    if (values.get(COUNT) + values.get(IMAGES) == 0)
      throw new InvalidInputException(
          "Neither label maps nor images were asked for; give count or images.");
    final Path folder = OutputPaths.folder(values.get(FileSettings.RESULTS));
    for (final String part : List.of("labels", "images", "truth"))
      if (Files.exists(folder.resolve(part)))
        throw new InvalidInputException(
            folder
                + " already holds "
                + part
                + ", which would mix with the new study; give another folder or delete it.");
    final SyntheticAnatomy anatomy =
        SyntheticAnatomy.on(
            SyntheticAnatomy.centredGrid(values.get(SPACING)),
            values.get(SegmentationSettings.SEED));
    new SyntheticDataset(anatomy, values.getInt(COUNT), values.getInt(IMAGES))
        .write((image, name) -> save(image, folder.resolve(name + ".nii.gz")), context.progress());
    LabelSetCsv.write(anatomy.labelSet(), folder.resolve("label-set.csv"));
    context.progress().log("The study is in " + folder + ".");
    return new JobResult().file(folder);
  }

  @SuppressWarnings("unchecked") // the generator makes label maps of bytes and images of floats
  private static void save(final SpatialImage<?> image, final Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Images.save((SpatialImage<? extends RealType<?>>) image, file);
  }
}
