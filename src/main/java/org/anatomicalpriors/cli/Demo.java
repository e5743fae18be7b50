package org.anatomicalpriors.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.evaluation.Evaluation;
import org.anatomicalpriors.io.ImageFiles;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.io.LabelSetCsv;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.labels.LabelMaps;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.output.ResultWriter;
import org.anatomicalpriors.picture.Comparison;
import org.anatomicalpriors.picture.LabelColours;
import org.anatomicalpriors.picture.Panel;
import org.anatomicalpriors.picture.PictureOptions;
import org.anatomicalpriors.picture.PngFiles;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.Segmentation;
import org.anatomicalpriors.segmentation.SegmentationSettings;
import org.anatomicalpriors.segmentation.SegmentationSettings.Method;
import org.anatomicalpriors.segmentation.Segmenter;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.tensorflow.Engine;
import org.anatomicalpriors.training.PriorTraining;
import org.anatomicalpriors.training.SegmenterTraining;

/**
 * The whole method on one synthetic study in a folder: {@code labels} to learn from, {@code images}
 * of other individuals in two contrasts, and their {@code truth}, which only the measuring reads.
 */
final class Demo {

  /** How the methods are called in the table and the picture. */
  private static final Map<Method, String> METHODS = new EnumMap<>(Method.class);

  static {
    METHODS.put(Method.PRIOR, "learned prior");
    METHODS.put(Method.ATLAS, "EM with atlas");
    METHODS.put(Method.NONE, "no image");
  }

  private static final List<String> CONTRASTS = List.of("t1_like", "t2_like");

  private final Path folder;
  private final LabelSet labels;
  private final Engine engine;
  private final Progress progress;
  private final Map<String, Map<Method, Double>> dice = new LinkedHashMap<>();

  Demo(final Path folder, final Engine engine, final Progress progress) throws IOException {
    this.folder = folder;
    this.engine = engine;
    this.progress = progress;
    labels = LabelSetCsv.read(folder.resolve("label-set.csv"));
  }

  /** Learns the anatomy from the label maps. */
  AnatomicalPrior trainPrior(final Settings settings) throws IOException {
    final Path checkpoint = folder.resolve("prior.zip.checkpoint");
    final AnatomicalPrior prior =
        PriorTraining.with(settings)
            .train(
                ImageFiles.of(List.of(folder.resolve("labels")), progress),
                labels,
                engine,
                checkpoint,
                false,
                progress);
    ModelBundle.save(prior, folder.resolve("prior.zip"));
    Files.deleteIfExists(checkpoint);
    return prior;
  }

  /** Learns to segment from the images of all individuals but the unseen. */
  AnatomicalPrior trainSegmenter(
      final AnatomicalPrior prior, final Settings settings, final int unseen) throws IOException {
    final Path checkpoint = folder.resolve("segmenter.zip.checkpoint");
    final List<Path> seen = new ArrayList<>();
    for (final String contrast : CONTRASTS) {
      final List<Path> all = images(contrast);
      seen.addAll(all.subList(0, all.size() - unseen));
    }
    final AnatomicalPrior segmenter =
        SegmenterTraining.with(settings)
            .train(prior, ImageFiles.of(seen, progress), null, checkpoint, false, progress);
    ModelBundle.save(segmenter, folder.resolve("segmenter.zip"));
    Files.deleteIfExists(checkpoint);
    return segmenter;
  }

  private List<Path> images(final String contrast) {
    return Images.list(folder.resolve("images").resolve(contrast));
  }

  /** Segments the unseen images by every method, and draws and writes what was found. */
  void segment(final AnatomicalPrior segmenter, final Settings settings, final int unseen)
      throws IOException {
    final Comparison picture =
        new Comparison(
            LabelColours.forIds(labels),
            new PictureOptions(),
            "image",
            "truth",
            METHODS.get(Method.PRIOR),
            METHODS.get(Method.ATLAS));
    for (final String contrast : CONTRASTS) {
      final Path results = Files.createDirectories(folder.resolve("results").resolve(contrast));
      final ResultWriter writer =
          new ResultWriter(
              results, folder.resolve("segmenter.zip"), engine, settings, false, false);
      final List<Path> all = images(contrast);
      for (final Path file : all.subList(all.size() - unseen, all.size()))
        segment(segmenter, settings, file, contrast, writer, picture);
    }
    PngFiles.write(picture.render(), folder.resolve("demo.png"));
  }

  private void segment(
      final AnatomicalPrior segmenter,
      final Settings settings,
      final Path file,
      final String contrast,
      final ResultWriter writer,
      final Comparison picture)
      throws IOException {
    final SpatialImage<? extends RealType<?>> image = Images.open(file, progress);
    final SpatialImage<? extends RealType<?>> truth =
        Images.open(folder.resolve("truth").resolve(file.getFileName()), progress);
    final Map<Method, Double> scores = new EnumMap<>(Method.class);
    final Map<Method, Panel> panels = new EnumMap<>(Method.class);
    Affine place = null; // found by the first method, used by all
    for (final Method method : METHODS.keySet()) {
      final Segmentation found =
          Segmenter.of(segmenter, settings.with(SegmentationSettings.METHOD, method))
              .segment(image, place, progress);
      place = found.toCommon();
      final SpatialImage<? extends RealType<?>> map =
          LabelMaps.toIds(found.labels(), found.grid(), labels, image.name());
      final double score = Evaluation.of(labels).evaluate(truth, map).meanDice();
      scores.put(method, score);
      panels.put(method, Panel.filled(map, String.format(Locale.ROOT, "mean Dice %.3f", score)));
      if (method == Method.PRIOR) writer.write(file, image, found, Map.of(), progress);
    }
    final String name = Images.baseName(file) + " " + contrast;
    dice.put(name, scores);
    picture.row(
        name,
        Panel.image(image),
        Panel.filled(truth, ""),
        panels.get(Method.PRIOR),
        panels.get(Method.ATLAS));
  }

  /** Mean Dice of every unseen image and method, and their means. */
  TextTable table() {
    final List<String> header = new ArrayList<>(List.of("mean Dice"));
    header.addAll(METHODS.values());
    final TextTable table = new TextTable(header.toArray(new String[0]));
    final Map<Method, Double> mean = new EnumMap<>(Method.class);
    dice.forEach(
        (name, scores) -> {
          table.row(cells(name, scores));
          scores.forEach((m, d) -> mean.merge(m, d / dice.size(), Double::sum));
        });
    return table.row(cells("mean", mean));
  }

  private static String[] cells(final String name, final Map<Method, Double> scores) {
    final List<String> cells = new ArrayList<>(List.of(name));
    METHODS.keySet().forEach(m -> cells.add(TextTable.figure(scores.get(m), 3)));
    return cells.toArray(new String[0]);
  }
}
