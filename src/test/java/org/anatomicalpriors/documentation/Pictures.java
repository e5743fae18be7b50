package org.anatomicalpriors.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.command.ImageJPictures;
import org.anatomicalpriors.fiji.FijiBackend;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.picture.OverviewPicture;
import org.anatomicalpriors.picture.PngFiles;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.ui.ExplorerPicture;
import org.anatomicalpriors.ui.ScreenTest;
import org.anatomicalpriors.ui.TrainingPicture;
import org.anatomicalpriors.ui.WindowManager;
import org.anatomicalpriors.ui.Xvfb;

/**
 * Makes all pictures of the documentation anew: invents a study, trains a prior in the training
 * window, segments with it and takes pictures of windows on a screen in memory.
 */
public final class Pictures {

  private static final List<String> MEMORY = List.of("-Xmx2g");
  private static final long LIMIT_SECONDS = 7200;
  private static final int STEPS = 700;
  private static final double SPACING = 2.5; // mm

  private static final String SUBJECT = "subject_030", OTHER = "subject_034";
  private static final List<String> CONTRASTS = List.of("t1_like", "t2_like");

  private final Path study;
  private final Path images;

  private Pictures(final Path study, final Path images) {
    this.study = study;
    this.images = images;
  }

  /**
   * @param arguments folder for the study, folder for the pictures, and {@code keep} to take the
   *     prior that the study's folder holds already
   */
  public static void main(final String[] arguments) throws Exception {
    if (!Xvfb.isInstalled())
      throw new IllegalStateException("Xvfb was not found; install it (Debian: xvfb).");
    if (!WindowManager.isInstalled())
      throw new IllegalStateException("openbox was not found; install it (Debian: openbox).");
    final Pictures pictures = new Pictures(Path.of(arguments[0]), Path.of(arguments[1]));
    Files.createDirectories(pictures.images);
    if (arguments.length < 3) pictures.train();
    pictures.results();
    pictures.windows();
    System.exit(0); // AWT may keep threads
  }

  /** Invents the study and trains its prior in a window. */
  private void train() {
    run("generate", Map.of("output", study, "count", 30, "images", 8, "spacing", SPACING));
    screen(TrainingPicture.class, study, STEPS, SPACING, images.resolve("training.png"));
  }

  /** What the jobs write. */
  private void results() throws IOException {
    final Path prior = study.resolve("prior.zip");
    run("sample", Map.of("prior", prior, "count", 8, "output", study.resolve("samples")));
    run(
        "sample",
        Map.of(
            "prior",
            prior,
            "between",
            List.of(map(SUBJECT), map(OTHER)),
            "frames",
            4,
            "output",
            study.resolve("path")));
    run("info", Map.of("model", prior, "curve", images.resolve("losses.png")));
    for (final String contrast : CONTRASTS)
      run(
          "segment",
          Map.of(
              "model",
              prior,
              "images",
              image(contrast),
              "output",
              study.resolve("results").resolve(contrast)));
    copy(study.resolve("samples/samples.png"), "samples.png");
    copy(study.resolve("path/path.png"), "path.png");
    copy(
        study.resolve("results").resolve(CONTRASTS.get(0)).resolve(SUBJECT + "-montage.png"),
        "montage.png");
    PngFiles.write(
        new OverviewPicture(study).render(SUBJECT, CONTRASTS), images.resolve("overview.png"));
  }

  private void copy(final Path from, final String name) throws IOException {
    Files.copy(from, images.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private Path map(final String subject) {
    return study.resolve("truth").resolve(subject + ".nii.gz");
  }

  private Path image(final String contrast) {
    return study.resolve("images").resolve(contrast).resolve(SUBJECT + ".nii.gz");
  }

  private void windows() {
    final Path prior = study.resolve("prior.zip");
    screen(ExplorerPicture.class, prior, images.resolve("explorer.png"));
    screen(ImageJPictures.class, prior, image(CONTRASTS.get(0)), images);
  }

  private static void run(final String job, final Map<String, ?> values) {
    new FijiBackend().run(job, values, JobContext.of(Progress.NONE));
  }

  private static void screen(final Class<?> scene, final Object... arguments) {
    final String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) texts[i] = arguments[i].toString();
    ScreenTest.run(scene, MEMORY, LIMIT_SECONDS, texts);
  }
}
