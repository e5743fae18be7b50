package org.anatomicalpriors.spark;

import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.batch.BatchWork;
import org.anatomicalpriors.batch.SharedWorker;
import org.anatomicalpriors.output.Run;
import org.anatomicalpriors.segmentation.SegmentationSettings;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.EngineSettings;
import org.anatomicalpriors.workflow.FileSettings;
import org.anatomicalpriors.workflow.SegmentJob;

/** All that an executor has to know of a batch beside its images. */
final class SparkOrder implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final List<Setting<?>> SETTINGS = settings();

  private final String id = UUID.randomUUID().toString();
  private final String folder;
  private final String mark;
  private final LinkedHashMap<String, String> texts; // by name of a setting
  private final String modelHash;
  private final boolean redo;
  private final Instant start;

  private SparkOrder(final Settings values, final BatchWork work, final Path mark) {
    folder = work.folder().toAbsolutePath().toString();
    this.mark = mark.toAbsolutePath().toString();
    texts = new LinkedHashMap<>(values.toTexts());
    modelHash = work.run().modelHash();
    redo = work.isRedone();
    start = work.start();
  }

  private static List<Setting<?>> settings() {
    final List<Setting<?>> all = new ArrayList<>(List.of(FileSettings.MODEL));
    all.addAll(SegmentJob.EXTRAS);
    all.addAll(SegmentationSettings.ALL);
    all.addAll(EngineSettings.ALL);
    return List.copyOf(all);
  }

  /**
   * @param values of the job
   * @param mark a file in the results' folder, by which executors know that it is the same folder
   */
  static SparkOrder of(final Settings values, final BatchWork work, final Path mark) {
    final Path model = values.get(FileSettings.MODEL);
    return new SparkOrder(
        values
            .select(SETTINGS)
            // A model that comes with the plugin goes by its name, which every executor knows.
            .with(FileSettings.MODEL, Files.isRegularFile(model) ? model.toAbsolutePath() : model),
        work,
        mark);
  }

  /** Of no other batch. */
  String id() {
    return id;
  }

  /**
   * Starts the engine and opens the model.
   *
   * @throws RuntimeException if nothing can be segmented here, with a sentence that says why
   */
  SharedWorker open() {
    if (!Files.exists(Path.of(mark)))
      throw new InvalidInputException(
          "The folder "
              + folder
              + " is another one for an executor than for the program that started the work; give a folder on storage that all computers of the cluster see at the same place.");
    final Settings values = Settings.of(SETTINGS).withTexts(texts);
    final Run run = SegmentJob.run(values, EngineSettings.arithmetic(values).orElseThrow());
    if (!run.modelHash().equals(modelHash))
      throw new InvalidInputException(
          "The model "
              + run.model()
              + " is another one for an executor than for the program that started the work; put it on storage that all computers of the cluster see at the same place.");
    return new SharedWorker(Path.of(folder), run, redo, start, EngineSettings.start(values));
  }
}
