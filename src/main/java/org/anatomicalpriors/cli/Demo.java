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
import java.util.Set;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.evaluation.Evaluation;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.job.Job;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.labels.LabelMaps;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.output.InputFile;
import org.anatomicalpriors.output.ResultPaths;
import org.anatomicalpriors.output.ResultWriter;
import org.anatomicalpriors.output.Run;
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
import org.anatomicalpriors.segmentation.Subject;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.tensorflow.Engine;
import org.anatomicalpriors.tensorflow.EngineSettings;
import org.anatomicalpriors.training.PriorSettings;
import org.anatomicalpriors.training.SegmenterSettings;
import org.anatomicalpriors.workflow.CoreJob;
import org.anatomicalpriors.workflow.FileSettings;
import org.anatomicalpriors.workflow.GenerateJob;
import org.anatomicalpriors.workflow.TrainPriorJob;
import org.anatomicalpriors.workflow.TrainSegmenterJob;
import org.anatomicalpriors.workflow.TrainedModelFile;

/**
 * The steps of the demo, on one synthetic study in a folder: {@code labels} to learn from, {@code
 * images} of other individuals in two contrasts, and their {@code truth}, which only the measuring
 * reads.
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

  /** Individuals whose images the segmenter learns from, and those it has never seen. */
  private static final int SEEN = 6;

  private static final int UNSEEN = 2;

  private final Path folder;
  private final Settings values;
  private final JobContext context;
  private final Map<String, Map<Method, Double>> dice = new LinkedHashMap<>();

  /**
   * @param values of the demo's settings and the machine's
   */
  Demo(final Path folder, final Settings values, final JobContext context) {
    this.folder = folder;
    this.values = values;
    this.context = context;
  }

  /** Invents the study. */
  void generate() throws IOException {
    final Job job = new GenerateJob();
    job.run(
        Settings.of(job.parameters())
            .with(FileSettings.RESULTS, folder)
            .with(GenerateJob.COUNT, values.get(DemoJob.MAPS))
            .with(GenerateJob.IMAGES, (long) SEEN + UNSEEN)
            .with(GenerateJob.SPACING, values.get(DemoJob.SPACING))
            .with(SegmentationSettings.SEED, values.get(SegmentationSettings.SEED)),
        context);
  }

  /** Learns the anatomy from the label maps. */
  void trainPrior() throws IOException {
    final Job job = new TrainPriorJob();
    job.run(
        onThisMachine(job)
            .with(TrainPriorJob.LABELS, List.of(folder.resolve("labels")))
            .with(FileSettings.LABEL_SET, folder.resolve("label-set.csv").toString())
            .with(TrainedModelFile.OUTPUT, folder.resolve("prior.zip"))
            .with(PriorSettings.STEPS, values.get(DemoJob.PRIOR_STEPS))
            .with(PriorSettings.SPACING, values.get(DemoJob.SPACING))
            .with(PriorSettings.CHANNELS, values.get(DemoJob.CHANNELS))
            .with(SegmentationSettings.SEED, values.get(SegmentationSettings.SEED)),
        context);
  }

  /** Learns to segment from the images of all individuals but the unseen. */
  void trainSegmenter() throws IOException {
    final List<Path> seen = new ArrayList<>();
    for (final String contrast : CONTRASTS) seen.addAll(images(contrast).subList(0, SEEN));
    final Job job = new TrainSegmenterJob();
    job.run(
        onThisMachine(job)
            .with(FileSettings.PRIOR, folder.resolve("prior.zip"))
            .with(TrainSegmenterJob.IMAGES, seen)
            .with(TrainedModelFile.OUTPUT, folder.resolve("segmenter.zip"))
            .with(SegmenterSettings.STEPS, values.get(DemoJob.SEGMENTER_STEPS)),
        context);
  }

  private Settings onThisMachine(final Job job) {
    return Settings.of(job.parameters()).withTexts(values.select(EngineSettings.ALL).toTexts());
  }

  private List<Path> images(final String contrast) {
    return Images.list(folder.resolve("images").resolve(contrast));
  }

  /**
   * Segments the unseen images by every method, and draws and writes what was found.
   *
   * @return mean Dice of every unseen image and method, and their means
   */
  ResultTable segment() throws IOException {
    final Path file = folder.resolve("segmenter.zip");
    final Settings settings = Settings.of(SegmentationSettings.ALL);
    final Engine engine = CoreJob.engine(values, context);
    try (AnatomicalPrior segmenter = ModelBundle.open(file, engine)) {
      final Comparison picture =
          new Comparison(
              LabelColours.forIds(segmenter.description().labels()),
              new PictureOptions(),
              "image",
              "truth",
              METHODS.get(Method.PRIOR),
              METHODS.get(Method.ATLAS));
      for (final String contrast : CONTRASTS) {
        final Path results = Files.createDirectories(folder.resolve("results").resolve(contrast));
        final ResultWriter writer =
            new ResultWriter(new Run(file, settings, Set.of(), engine.arithmetic()), engine);
        final List<Path> all = images(contrast);
        for (final Path image : all.subList(SEEN, all.size()))
          segment(segmenter, settings, image, results, writer, picture);
      }
      PngFiles.write(picture.render(), folder.resolve("demo.png"));
    }
    return table();
  }

  private void segment(
      final AnatomicalPrior segmenter,
      final Settings settings,
      final Path file,
      final Path results,
      final ResultWriter writer,
      final Comparison picture)
      throws IOException {
    final Progress progress = context.progress();
    final LabelSet labels = segmenter.description().labels();
    final SpatialImage<? extends RealType<?>> image = Images.open(file, progress);
    final SpatialImage<? extends RealType<?>> truth =
        Images.open(folder.resolve("truth").resolve(file.getFileName()), progress);
    final Map<Method, Double> scores = new EnumMap<>(Method.class);
    final Map<Method, Panel> panels = new EnumMap<>(Method.class);
    Subject subject = Subject.of(image);
    for (final Method method : METHODS.keySet()) {
      final Segmentation found =
          Segmenter.of(segmenter, settings.with(SegmentationSettings.METHOD, method))
              .segment(subject, progress);
      subject = subject.at(found.toCommon()); // the methods differ in nothing else
      final SpatialImage<? extends RealType<?>> map =
          LabelMaps.toIds(found.labels(), found.grid(), labels, image.name());
      final double score = Evaluation.of(labels).evaluate(truth, map).meanDice();
      scores.put(method, score);
      panels.put(method, Panel.filled(map, String.format(Locale.ROOT, "mean Dice %.3f", score)));
      if (method == Method.PRIOR)
        writer.write(
            new ResultPaths(results, Images.baseName(file)),
            InputFile.of(file),
            subject,
            found,
            Map.of(),
            progress);
    }
    final String name = Images.baseName(file) + " " + results.getFileName();
    dice.put(name, scores);
    picture.row(
        name,
        Panel.image(image),
        Panel.filled(truth, ""),
        panels.get(Method.PRIOR),
        panels.get(Method.ATLAS));
  }

  private ResultTable table() {
    final List<String> columns = new ArrayList<>(List.of("image"));
    columns.addAll(METHODS.values());
    final ResultTable table =
        new ResultTable("Mean Dice", columns.toArray(new String[0])).decimals(0, 3, 3, 3);
    final Map<Method, Double> mean = new EnumMap<>(Method.class);
    dice.forEach(
        (name, scores) -> {
          table.row(cells(name, scores));
          scores.forEach((m, d) -> mean.merge(m, d / dice.size(), Double::sum));
        });
    return table.row(cells("mean", mean));
  }

  private static Object[] cells(final String name, final Map<Method, Double> scores) {
    final List<Object> cells = new ArrayList<>(List.of(name));
    METHODS.keySet().forEach(m -> cells.add(scores.get(m)));
    return cells.toArray();
  }
}
