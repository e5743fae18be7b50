package org.anatomicalpriors.output;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.io.LabelSetCsv;
import org.anatomicalpriors.labels.LabelMaps;
import org.anatomicalpriors.picture.LabelColours;
import org.anatomicalpriors.picture.Montage;
import org.anatomicalpriors.picture.PictureOptions;
import org.anatomicalpriors.picture.PngFiles;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.Segmentation;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.tensorflow.Engine;

/**
 * Writes what was found in images into one folder. For an image {@code NAME}: {@code
 * NAME-labels.nii.gz}, {@code NAME-volumes.csv}, {@code NAME-montage.png}, {@code NAME.json}, and
 * on request {@code NAME-posteriors.nii.gz} (a volume per label, in the label set's order) and
 * {@code NAME-uncertainty.nii.gz}; {@code volumes.csv} holds the volumes of all, {@code
 * label-set.csv} the names and colours of the labels.
 */
public final class ResultWriter {

  private final Path folder;
  private final RunRecord record;
  private final boolean posteriors;
  private final boolean uncertainty;
  private final VolumesTable all = new VolumesTable();

  /**
   * @param folder existing folder for the results
   * @param model file of the prior or segmenter
   * @param settings of the segmentation
   * @param posteriors whether to write the posterior of every label
   * @param uncertainty whether to write the uncertainty map
   */
  public ResultWriter(
      final Path folder,
      final Path model,
      final Engine engine,
      final Settings settings,
      final boolean posteriors,
      final boolean uncertainty) {
    this.folder = folder;
    this.record = new RunRecord(model, engine, settings);
    this.posteriors = posteriors;
    this.uncertainty = uncertainty;
  }

  /**
   * Writes the results of one image.
   *
   * @param input the image's file, by which the results are called and whose header they keep
   * @param image what was read from it
   * @param secondsBefore wall time of what came before, by stage
   * @throws java.io.UncheckedIOException if a file cannot be written
   */
  public void write(
      final Path input,
      final SpatialImage<? extends RealType<?>> image,
      final Segmentation result,
      final Map<String, Double> secondsBefore,
      final Progress progress)
      throws IOException {
    final long start = System.nanoTime();
    final String name = Images.baseName(input);
    final SpatialImage<? extends IntegerType<?>> labels =
        LabelMaps.toIds(result.labels(), result.grid(), result.labelSet(), name);
    Images.saveLabelsLike(labels, file(name, "-labels.nii.gz"), input);
    LabelSetCsv.write(result.labelSet(), folder.resolve("label-set.csv"));
    if (posteriors)
      Images.saveVolumesLike(
          allPosteriors(result, progress), file(name, "-posteriors.nii.gz"), input);
    if (uncertainty)
      Images.saveLike(result.uncertainty(progress), file(name, "-uncertainty.nii.gz"), input);
    new VolumesTable().add(name, result.volumes()).write(file(name, "-volumes.csv"));
    all.add(name, result.volumes()).write(folder.resolve("volumes.csv"));
    final PictureOptions options = new PictureOptions().title(name);
    PngFiles.write(
        new Montage(LabelColours.forIds(result.labelSet()), options).outlined(image, labels),
        file(name, "-montage.png"));
    final Map<String, Double> seconds = new LinkedHashMap<>(secondsBefore);
    seconds.put("writing", (System.nanoTime() - start) / 1e9);
    seconds.put("total", seconds.values().stream().mapToDouble(s -> s).sum());
    record.write(file(name, ".json"), input, result.report(), seconds);
  }

  private static List<SpatialImage<FloatType>> allPosteriors(
      final Segmentation result, final Progress progress) {
    final List<SpatialImage<FloatType>> volumes = new ArrayList<>();
    for (int l = 0; l < result.labelSet().size(); l++) volumes.add(result.posterior(l, progress));
    return volumes;
  }

  private Path file(final String name, final String ending) {
    return folder.resolve(name + ending);
  }
}
