package org.anatomicalpriors.accuracy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.io.ReadyModels;
import org.anatomicalpriors.job.Job;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.workflow.TrainPriorJob;
import org.anatomicalpriors.workflow.TrainSegmenterJob;

/** A model that the study trains when it is first needed, by the job that a person would run. */
final class Model {

  private final String name;
  private final Model prior;
  private final Map<String, String> settings; // null: not to be trained

  private Model(final String name, final Model prior, final Map<String, String> settings) {
    this.name = name;
    this.prior = prior;
    this.settings = settings;
  }

  /**
   * A prior learned from label maps.
   *
   * @param name of its file
   * @param settings names and texts in turn, as in a shell
   */
  static Model prior(final String name, final List<Path> maps, final String... settings) {
    return new Model(name, null, texts(TrainPriorJob.LABELS.format(maps), "labels", settings));
  }

  /** A segmenter learned from images without labels. */
  static Model segmenter(
      final String name, final Model prior, final List<Path> images, final String... settings) {
    return new Model(
        name, prior, texts(TrainSegmenterJob.IMAGES.format(images), "images", settings));
  }

  /** A model that comes with the plugin. */
  static Model ready(final String name) {
    return new Model(name, null, null);
  }

  private static Map<String, String> texts(
      final String files, final String key, final String... settings) {
    final Map<String, String> texts = new LinkedHashMap<>(Map.of(key, files));
    for (int i = 0; i < settings.length; i += 2) texts.put(settings[i], settings[i + 1]);
    return texts;
  }

  String name() {
    return name;
  }

  /** Its file in a folder; one that is there already is taken, one half trained is gone on with. */
  Path file(final Path folder, final JobContext context) throws IOException {
    if (settings == null) return ReadyModels.find(Path.of(name));
    final Path file = folder.resolve(name + ".zip");
    if (Files.exists(file)) return file;
    final Map<String, String> texts = new LinkedHashMap<>(settings);
    texts.put("output", file.toString());
    texts.put("resume", String.valueOf(Files.exists(folder.resolve(name + ".zip.checkpoint"))));
    if (prior != null) texts.put("prior", prior.file(folder, context).toString());
    context.progress().log("Training " + name + ".");
    final Job job = prior == null ? new TrainPriorJob() : new TrainSegmenterJob();
    job.run(Settings.of(job.parameters()).withTexts(texts), context);
    return file;
  }
}
