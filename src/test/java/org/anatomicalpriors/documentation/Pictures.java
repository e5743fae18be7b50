package org.anatomicalpriors.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anatomicalpriors.command.ImageJPictures;
import org.anatomicalpriors.fiji.FijiBackend;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.io.LabelSetCsv;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.AnatomySampler;
import org.anatomicalpriors.picture.LabelColours;
import org.anatomicalpriors.picture.LabelGallery;
import org.anatomicalpriors.picture.Montage;
import org.anatomicalpriors.picture.OverviewPicture;
import org.anatomicalpriors.picture.Panel;
import org.anatomicalpriors.picture.PictureOptions;
import org.anatomicalpriors.picture.Plane;
import org.anatomicalpriors.picture.PngFiles;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.tensorflow.TestEngine;
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
    gallery("samples", "sample_%03d", 8);
    gallery("path", "path_%02d", 4);
    axes(prior);
    PngFiles.write(
        new Montage(colours(), new PictureOptions().slices(3).tileSize(175))
            .outlined(
                Images.open(image(CONTRASTS.get(0)), Progress.NONE),
                Images.openLabels(
                    study.resolve("results/" + CONTRASTS.get(0) + "/" + SUBJECT + "-labels.nii.gz"),
                    Progress.NONE)),
        images.resolve("montage.png"));
    PngFiles.write(
        new OverviewPicture(study).render(SUBJECT, CONTRASTS), images.resolve("overview.png"));
  }

  private LabelColours colours() {
    return LabelColours.forIds(LabelSetCsv.read(study.resolve("label-set.csv")));
  }

  /** One plane of the label maps that a job wrote. */
  private void gallery(final String folder, final String name, final int count) {
    final List<Panel> panels = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      final String map = String.format(Locale.ROOT, name, i);
      panels.add(
          Panel.filled(
              Images.openLabels(study.resolve(folder).resolve(map + ".nii.gz"), Progress.NONE),
              map));
    }
    PngFiles.write(
        new LabelGallery(colours(), new PictureOptions().planes(Plane.CORONAL).tileSize(230))
            .render(panels, 4),
        images.resolve(folder + ".png"));
  }

  /** Two standard deviations down and up along the two leading axes. */
  private void axes(final Path prior) throws IOException {
    final Path folder = Files.createDirectories(study.resolve("axes"));
    try (AnatomicalPrior model = ModelBundle.open(prior, TestEngine.get())) {
      final AnatomySampler sampler = new AnatomySampler(model);
      final double[][] places = {{-2}, {2}, {0, -2}, {0, 2}};
      for (int i = 0; i < places.length; i++) {
        final String name = "axis_" + (i + 1);
        Images.save(
            sampler.decode(model.shapes().orElseThrow().code(places[i]), name),
            folder.resolve(name + ".nii.gz"));
      }
    }
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

  /** Runs a scene, with preferences of its own: what a person chose last must not be seen. */
  private void screen(final Class<?> scene, final Object... arguments) {
    final Path preferences = study.toAbsolutePath().resolve("preferences-" + System.nanoTime());
    final String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) texts[i] = arguments[i].toString();
    ScreenTest.run(
        scene,
        List.of("-Xmx2g", "-Djava.util.prefs.userRoot=" + preferences),
        LIMIT_SECONDS,
        texts);
  }
}
