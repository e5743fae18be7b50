package org.anatomicalpriors.workflow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.imglib2.type.numeric.IntegerType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.AnatomySampler;
import org.anatomicalpriors.picture.LabelColours;
import org.anatomicalpriors.picture.LabelGallery;
import org.anatomicalpriors.picture.Panel;
import org.anatomicalpriors.picture.PictureOptions;
import org.anatomicalpriors.picture.PngFiles;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.SegmentationSettings;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.SpatialImage;

/** Shows what a prior has learned: anatomies drawn from it, or on the way between two. */
public final class SampleJob extends CoreJob {

  public static final Setting<List<Path>> BETWEEN =
      Setting.files(
              "between",
              "Two label maps to walk between, along the line between their codes; without them, anatomies are drawn.")
          .example("a.nii.gz;b.nii.gz");

  public static final Setting<Long> COUNT =
      Setting.integer("count", 8, 1, 10_000, "anatomies", "Anatomies to draw from p(z).");

  public static final Setting<Long> FRAMES =
      Setting.integer(
          "frames", 7, 2, 1000, "anatomies", "Anatomies on the path between two, ends included.");

  /** Tiles in a row of the picture. */
  private static final int COLUMNS = 4;

  public SampleJob() {
    super(
        "sample",
        "Draws anatomies from a prior, or walks from one label map to another through it: label maps on the prior's grid and one picture (samples.png, path.png).",
        "sample --prior prior.zip --count 8 --output samples/",
        "sample --prior prior.zip --between a.nii.gz b.nii.gz --frames 7 --output path/");
  }

  @Override
  public List<Setting<?>> files() {
    return List.of(FileSettings.LOOKED_INTO, BETWEEN, FileSettings.RESULTS);
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(COUNT, SegmentationSettings.SEED, FRAMES);
  }

  @Override
  public JobResult run(final Settings values, final JobContext context) throws IOException {
    final List<Path> between = values.get(BETWEEN);
    if (!between.isEmpty() && between.size() != 2)
      throw new InvalidInputException(
          between.size() + " label maps were given for between; give two.");
    final Path prior = FileSettings.model(values, FileSettings.LOOKED_INTO);
    between.forEach(Images::list);
    final Path folder = OutputPaths.folder(values.get(FileSettings.RESULTS));
    final Progress progress = context.progress();
    try (AnatomicalPrior model = ModelBundle.open(prior, engine(values, context))) {
      final AnatomySampler sampler = new AnatomySampler(model);
      final List<SpatialImage<? extends IntegerType<?>>> maps =
          between.isEmpty() ? draw(sampler, values, progress) : walk(sampler, values, progress);
      for (final SpatialImage<? extends IntegerType<?>> map : maps)
        Images.save(map, folder.resolve(map.name() + ".nii.gz"));
      final Path picture = folder.resolve(between.isEmpty() ? "samples.png" : "path.png");
      PngFiles.write(
          new LabelGallery(LabelColours.forIds(model.description().labels()), new PictureOptions())
              .render(
                  maps.stream().map(m -> Panel.filled(m, m.name())).collect(Collectors.toList()),
                  COLUMNS),
          picture);
      progress.log(
          maps.size() + " label maps and " + picture.getFileName() + " are in " + folder + ".");
      return new JobResult().file(folder).file(picture);
    }
  }

  private static List<SpatialImage<? extends IntegerType<?>>> draw(
      final AnatomySampler sampler, final Settings values, final Progress progress) {
    final int count = values.getInt(COUNT);
    final List<SpatialImage<? extends IntegerType<?>>> maps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      progress.checkCancelled();
      progress.update("Drawing anatomies", i, count, "");
      final String name = String.format(Locale.ROOT, "sample_%03d", i + 1);
      maps.add(sampler.draw(values.get(SegmentationSettings.SEED), i, name));
    }
    return maps;
  }

  private static List<SpatialImage<? extends IntegerType<?>>> walk(
      final AnatomySampler sampler, final Settings values, final Progress progress) {
    final List<Path> ends = values.get(BETWEEN);
    return sampler.path(
        sampler.encode(Images.open(ends.get(0), progress), progress),
        sampler.encode(Images.open(ends.get(1), progress), progress),
        values.getInt(FRAMES),
        progress);
  }
}
