package org.anatomicalpriors.training;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.Architecture;
import org.anatomicalpriors.model.Keeping;
import org.anatomicalpriors.model.Learning;
import org.anatomicalpriors.model.SegmenterTrainer;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.SegmentationSettings;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.Grid;

/**
 * Learns q(z|x) from images, most or all of which have no labels, so that a new image takes one
 * pass of a network. Every image keeps intensities of its own, updated in closed form at each
 * visit.
 *
 * <pre>{@code
 * AnatomicalPrior segmenter =
 *     SegmenterTraining.with(Settings.of(SegmenterSettings.ALL))
 *         .train(prior, images, null, Path.of("segmenter.checkpoint"), false, progress);
 * }</pre>
 */
public final class SegmenterTraining {

  private final Settings settings;
  private final long share;

  /**
   * @param share bytes of images to keep in memory
   */
  SegmenterTraining(final Settings settings, final long share) {
    this.settings = settings;
    this.share = share;
  }

  /** A training with these {@link SegmenterSettings}. */
  public static SegmenterTraining with(final Settings settings) {
    return new SegmenterTraining(settings, MemoryShare.bytes());
  }

  /**
   * Trains to the end, or until cancelled. The weights with the lowest validation loss win. Memory
   * does not grow with the number of images: those beyond a share of it are kept in a temporary
   * file beside the checkpoint.
   *
   * @param images the images
   * @param labels label maps of some of the images, matched by name (that of the folder before a
   *     slash may be missing), or null
   * @param checkpoint where the state is kept on the way; deleted by the caller once the result is
   *     saved
   * @param resume whether to go on from the checkpoint
   * @throws InvalidInputException if an image, a label map or a setting cannot be used
   * @throws org.anatomicalpriors.progress.CancelledException if stopped on request; the message
   *     says where the state is
   */
  public AnatomicalPrior train(
      final AnatomicalPrior prior,
      final ImageSource images,
      final ImageSource labels,
      final Path checkpoint,
      final boolean resume,
      final Progress progress) {
    return train(prior, images, labels, checkpoint, resume, Supervision.of(progress));
  }

  /**
   * Trains as above, watched and steered.
   *
   * @throws InvalidInputException if an image, a label map or a setting cannot be used
   * @throws org.anatomicalpriors.progress.CancelledException if stopped on request; the message
   *     says where the state is
   */
  public AnatomicalPrior train(
      final AnatomicalPrior prior,
      final ImageSource images,
      final ImageSource labels,
      final Path checkpoint,
      final boolean resume,
      final Supervision supervision) {
    final Map<String, Integer> labelled = match(images, labels);
    final TrainingMemory memory =
        TrainingMemory.ofSegmenter(images.size(), share)
            .with(settings.get(PriorSettings.RECOMPUTATION));
    final Architecture architecture = prior.description().architecture();
    final Grid grid = prior.description().grid();
    final Keeping keeping = memory.plan(architecture, grid, prior.engine(), supervision.progress());
    return memory.guard(
        architecture,
        grid,
        () -> train(prior, images, labels, labelled, keeping, checkpoint, resume, supervision));
  }

  private AnatomicalPrior train(
      final AnatomicalPrior prior,
      final ImageSource images,
      final ImageSource labels,
      final Map<String, Integer> labelled,
      final Keeping keeping,
      final Path checkpoint,
      final boolean resume,
      final Supervision supervision) {
    try (SpillStore<SegmenterTrainer.Example> store =
            new SpillStore<>(new StoredExample(), checkpoint, share);
        Learning<SegmenterTrainer> learning =
            new Learning<>(
                k ->
                    new SegmenterTrainer(
                        prior,
                        settings.get(SegmentationSettings.OBJECTIVE),
                        settings.get(SegmenterSettings.TRAIN_DECODER),
                        settings.get(PriorSettings.CLIP),
                        k),
                keeping,
                settings.get(PriorSettings.RECOMPUTATION).least(),
                "training",
                supervision.progress());
        SegmenterRun run = new SegmenterRun(settings, prior, learning, store)) {
      run.prepare(images, labels, labelled, supervision.progress());
      final Map<String, String> fingerprint = Checkpoint.fingerprint(settings);
      fingerprint.put("the images", run.hashes().toString());
      fingerprint.put("the prior", fingerprint(prior.weights()));
      fingerprint.put(Checkpoint.PRECISION, prior.engine().arithmetic().toString());
      final long steps = settings.get(SegmenterSettings.STEPS);
      return new TrainingLoop(
              steps,
              settings.get(SegmenterSettings.CHECKPOINT_EVERY),
              // The code carries its information from the start: no warm-up.
              new Schedule(
                  steps,
                  settings.get(SegmenterSettings.LEARNING_RATE),
                  0,
                  settings.get(PriorSettings.KL_WEIGHT)),
              fingerprint,
              checkpoint,
              supervision)
          .run(run, resume);
    }
  }

  private static String fingerprint(final Map<String, float[]> weights) {
    int hash = 1;
    for (final Map.Entry<String, float[]> w : weights.entrySet())
      hash = 31 * (31 * hash + w.getKey().hashCode()) + Arrays.hashCode(w.getValue());
    return Integer.toHexString(hash);
  }

  private static Map<String, Integer> match(final ImageSource images, final ImageSource labels) {
    final Map<String, Integer> matched = new HashMap<>();
    if (labels == null) return matched;
    final Map<String, Integer> byName = new HashMap<>();
    for (int i = 0; i < labels.size(); i++) byName.put(labels.name(i), i);
    for (int i = 0; i < images.size(); i++) {
      final String name = images.name(i);
      // Images of one name in several folders, such as contrasts, are of one anatomy.
      final String plain = name.substring(name.lastIndexOf('/') + 1);
      final Integer map = byName.getOrDefault(name, byName.get(plain));
      if (map != null) matched.put(name, map);
    }
    if (matched.isEmpty())
      throw new InvalidInputException(
          "None of the "
              + labels.size()
              + " paired label maps has the name of an image; give each the file name of its image.");
    return matched;
  }
}
