package org.anatomicalpriors.training;

import java.nio.file.Path;
import java.util.Map;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.Architecture;
import org.anatomicalpriors.model.Keeping;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.Engine;

/**
 * Learns a prior from label maps alone.
 *
 * <pre>{@code
 * AnatomicalPrior prior =
 *     PriorTraining.with(Settings.of(PriorSettings.ALL).with(PriorSettings.SPACING, 2.0))
 *         .train(labelMaps, null, engine, Path.of("prior.checkpoint"), false, progress);
 * }</pre>
 */
public final class PriorTraining {

  private static final String ATLAS = "Averaging the label maps";

  private final Settings settings;
  private final long share;

  /**
   * @param share bytes of label maps to keep in memory, and of held-out examples
   */
  PriorTraining(final Settings settings, final long share) {
    this.settings = settings;
    this.share = share;
  }

  /** A training with these {@link PriorSettings}. */
  public static PriorTraining with(final Settings settings) {
    return new PriorTraining(settings, MemoryShare.bytes());
  }

  /**
   * Trains to the end, or until cancelled. The weights with the lowest validation loss win. Memory
   * does not grow with the number of maps: those beyond a share of it are kept in a temporary file
   * beside the checkpoint.
   *
   * @param maps the label maps
   * @param labels the label set, or null to take it from the maps
   * @param checkpoint where the state is kept on the way; deleted by the caller once the result is
   *     saved
   * @param resume whether to go on from the checkpoint
   * @throws InvalidInputException if a map or a setting cannot be used
   * @throws CancelledException if stopped on request; the message says where the state is
   */
  public AnatomicalPrior train(
      final ImageSource maps,
      final LabelSet labels,
      final Engine engine,
      final Path checkpoint,
      final boolean resume,
      final Progress progress) {
    return train(maps, labels, engine, checkpoint, resume, Supervision.of(progress));
  }

  /**
   * Trains as above, watched and steered.
   *
   * @throws InvalidInputException if a map or a setting cannot be used
   * @throws CancelledException if stopped on request; the message says where the state is
   */
  public AnatomicalPrior train(
      final ImageSource maps,
      final LabelSet labels,
      final Engine engine,
      final Path checkpoint,
      final boolean resume,
      final Supervision supervision) {
    final Progress progress = supervision.progress();
    try (SpillStore<byte[]> store = new SpillStore<>(StoredMap.INDICES, checkpoint, share)) {
      final PriorData data =
          new PriorData(maps, labels, settings, store, engine.threads(), progress);
      final Architecture architecture =
          new Architecture(
              data.grid.size(),
              data.labels.size(),
              settings.get(PriorSettings.CHANNELS).stream().mapToInt(i -> i).toArray(),
              settings.get(PriorSettings.LATENT),
              settings.getInt(PriorSettings.LATENT_SIZE));
      progress.log("The networks: " + architecture + ".");
      final TrainingMemory memory =
          TrainingMemory.ofPrior(data, store, share)
              .with(settings.get(PriorSettings.RECOMPUTATION));
      final Keeping keeping = memory.plan(architecture, data.grid, engine, progress);
      return memory.guard(
          architecture,
          data.grid,
          () -> train(data, architecture, keeping, engine, checkpoint, resume, supervision));
    }
  }

  private AnatomicalPrior train(
      final PriorData data,
      final Architecture architecture,
      final Keeping keeping,
      final Engine engine,
      final Path checkpoint,
      final boolean resume,
      final Supervision supervision) {
    final Progress progress = supervision.progress();
    final float[] atlas = atlas(data, engine.threads(), progress);
    try (PriorRun run =
        new PriorRun(settings, data, architecture, atlas, share, keeping, engine, progress)) {
      return loop(data, engine, checkpoint, supervision).run(run, resume);
    }
  }

  private float[] atlas(final PriorData data, final int threads, final Progress progress) {
    final Atlas atlas =
        new Atlas(
            data.grid, data.labels.size(), data.symmetric ? data.labels.mirrorIndices() : null);
    int done = 0;
    for (final StoredMap m : data.training) {
      progress.checkCancelled();
      progress.update(ATLAS, done++, data.training.size(), m.name());
      atlas.add(data.onGrid(m, threads, progress));
    }
    progress.update(ATLAS, done, done, "");
    return atlas.logProbabilities(settings.get(PriorSettings.ATLAS_SMOOTHING), progress);
  }

  private TrainingLoop loop(
      final PriorData data,
      final Engine engine,
      final Path checkpoint,
      final Supervision supervision) {
    final Map<String, String> fingerprint = Checkpoint.fingerprint(settings);
    fingerprint.put("the label maps", data.hashes.toString());
    fingerprint.put("the label set", data.labels.describe());
    fingerprint.put(Checkpoint.PRECISION, engine.arithmetic().toString());
    final long steps = settings.get(PriorSettings.STEPS);
    return new TrainingLoop(
        steps,
        settings.get(PriorSettings.CHECKPOINT_EVERY),
        new Schedule(
            steps,
            settings.get(PriorSettings.LEARNING_RATE),
            settings.get(PriorSettings.WARM_UP),
            settings.get(PriorSettings.KL_WEIGHT)),
        fingerprint,
        checkpoint,
        supervision);
  }
}
