package org.anatomicalpriors.workflow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.anatomicalpriors.batch.Batch;
import org.anatomicalpriors.batch.BatchInputs;
import org.anatomicalpriors.batch.BatchReport;
import org.anatomicalpriors.batch.BatchSettings;
import org.anatomicalpriors.batch.FailureSentence;
import org.anatomicalpriors.batch.ThreadWorkers;
import org.anatomicalpriors.batch.Workers;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.output.Extra;
import org.anatomicalpriors.output.Run;
import org.anatomicalpriors.segmentation.SegmentationSettings;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.Arithmetic;
import org.anatomicalpriors.tensorflow.Engine;
import org.anatomicalpriors.tensorflow.EngineSettings;

/** Segments images and writes what was found; here with threads of this process. */
public class SegmentJob extends CoreJob {

  public static final Setting<List<Path>> IMAGES =
      Setting.files(
              "images",
              "Images to segment: files, folders of them, or manifests that list them: tables (.csv) with the columns image, mask and channels (paths from the table's folder; several channels joined by ;), of which only image is needed, or texts (.txt) with one image on each line.")
          .example("images/")
          .required();

  public static final Setting<Path> OUTPUT =
      Setting.folder(
              "output",
              "Folder for the results; made if it is not there. Without it, the folder segmented beside the first image.")
          .example("results/");

  public static final Setting<Path> MASK =
      Setting.fileOrFolder(
              "mask",
              "Mask, above 0 where the anatomy may be and on the image's voxels: all else is background. A file for one image, or a folder that for each image NAME holds NAME-mask, NAME or the mask of the same subject (as sub-01_desc-brain_mask for sub-01_T1w).")
          .example("brain-mask.nii.gz")
          .ofOneRun();

  public static final Setting<Boolean> POSTERIORS =
      Setting.flag(
          "posteriors",
          false,
          "Write the probability of every label, 0 to 1, too: NAME-posteriors.nii.gz, a volume per label.");

  public static final Setting<Boolean> UNCERTAINTY =
      Setting.flag(
          "uncertainty",
          false,
          "Write the entropy of the labels, 0 (certain) to 1 (nothing known), too: NAME-uncertainty.nii.gz.");

  public static final Setting<Boolean> BIAS_FIELD =
      Setting.flag(
          "bias-field",
          false,
          "Write the bias field, the factor by which the image is too bright, and the image divided by it, too: NAME-bias-field.nii.gz and NAME-corrected.nii.gz.");

  /** What may be written beside the labels. */
  public static final List<Setting<?>> EXTRAS = List.of(POSTERIORS, UNCERTAINTY, BIAS_FIELD);

  public SegmentJob() {
    super(
        "segment",
        "Segments images with a segmenter, or with a prior alone. For each image NAME the output folder gets NAME-labels.nii.gz, NAME-volumes.csv, NAME-montage.png and NAME.json (how it was made), and for all of them volumes.csv, label-set.csv (names and colours) and, if any failed, failed.csv. What is done already is skipped; several processes may share the work on one output folder.",
        "segment --model segmenter.zip --output results/ images/",
        "segment --model brain subject.nii.gz",
        "segment --model brain --other-channels flair.nii.gz t1.nii.gz",
        "segment --model prior.zip --posteriors --uncertainty --output results/ subject.nii.gz");
  }

  /** The same work under another name, done by others. */
  protected SegmentJob(final String name, final String description, final String... examples) {
    super(name, description, examples);
  }

  /**
   * Who segments.
   *
   * @param engine starts it in this process
   */
  protected Workers workers(final Settings values, final Supplier<Engine> engine) {
    return new ThreadWorkers(engine);
  }

  /**
   * Model, settings and outputs that are asked for.
   *
   * @param values of all parameters, or of {@link FileSettings#MODEL}, {@link #EXTRAS} and {@link
   *     SegmentationSettings}
   * @param arithmetic in which the engine computes
   * @throws org.anatomicalpriors.InvalidInputException if there is no such model
   */
  public static Run run(final Settings values, final Arithmetic arithmetic) {
    return new Run(
        FileSettings.model(values, FileSettings.MODEL),
        values.select(SegmentationSettings.ALL),
        Extra.of(values.get(POSTERIORS), values.get(UNCERTAINTY), values.get(BIAS_FIELD)),
        arithmetic);
  }

  @Override
  public List<Setting<?>> files() {
    return List.of(
        FileSettings.MODEL,
        IMAGES,
        OUTPUT,
        FileSettings.OTHER_CHANNELS,
        MASK,
        POSTERIORS,
        UNCERTAINTY,
        BIAS_FIELD,
        BatchSettings.REDO);
  }

  @Override
  public String argument() {
    return IMAGES.name();
  }

  @Override
  public List<Setting<?>> settings() {
    return SegmentationSettings.ALL;
  }

  @Override
  public JobResult run(final Settings values, final JobContext context) throws IOException {
    FileSettings.model(values, FileSettings.MODEL);
    final BatchInputs inputs = BatchInputs.of(values.get(IMAGES));
    final Path folder = OutputPaths.folder(output(values.get(OUTPUT), inputs.first()));
    final Optional<Arithmetic> known = EngineSettings.arithmetic(values);
    final Engine started = known.isPresent() ? null : engine(values, context);
    final BatchReport report =
        new Batch(
                inputs,
                values.get(FileSettings.OTHER_CHANNELS),
                values.get(MASK),
                folder,
                run(values, known.orElseGet(() -> started.arithmetic())),
                values.get(BatchSettings.REDO))
            .run(
                workers(values, () -> started == null ? engine(values, context) : started),
                context.progress());
    if (report.segmented() + report.skipped() == 0 && report.failures().size() == 1)
      rethrow(report.failures().values());
    final JobResult result = new JobResult().file(folder).message(report.toString());
    report.failures().forEach((file, why) -> result.failure(file + ": " + FailureSentence.of(why)));
    return result;
  }

  private static Path output(final Path given, final Path image) {
    return given == null ? image.resolveSibling("segmented") : given;
  }

  /** Of a single image, the failure is that of the job. */
  private static void rethrow(final Collection<Throwable> failures) throws IOException {
    for (final Throwable failure : failures) {
      if (failure instanceof RuntimeException) throw (RuntimeException) failure;
      if (failure instanceof Error) throw (Error) failure;
      throw (IOException) failure;
    }
  }
}
