package org.anatomicalpriors.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.batch.Workers;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.Engine;
import org.anatomicalpriors.tensorflow.EngineSettings;
import org.anatomicalpriors.workflow.SegmentJob;

/** The batch of {@link SegmentJob} on Apache Spark. */
final class SparkSegmentJob extends SegmentJob {

  static final Setting<String> MASTER =
      Setting.text(
              "master",
              "",
              "Spark's master: local[N] for N images at a time on this computer, spark://HOST:PORT for a cluster of Spark's own, yarn or others. Without it, the one that spark-submit was given, else local[*], which takes an image for each processor core.")
          .example("spark://host:7077");

  SparkSegmentJob() {
    super(
        "segment-on-spark",
        "Segments images as the command segment does, with the same settings and results, on a cluster with Apache Spark. Images, output folder and model have to lie on storage that all computers see at the same place. A lost computer, a task that is tried again or twice at once neither loses nor doubles a result.",
        "--model segmenter.zip --output results/ manifest.csv",
        "--master local[2] --model brain --output results/ images/",
        "--master spark://host:7077 --threads 4 --model brain --output results/ images/");
  }

  @Override
  public List<Setting<?>> machine() {
    final List<Setting<?>> all = new ArrayList<>(List.of(MASTER));
    all.addAll(super.machine());
    return List.copyOf(all);
  }

  @Override
  public JobResult run(final Settings values, final JobContext context) throws IOException {
    if (EngineSettings.arithmetic(values).isEmpty())
      throw new InvalidInputException(
          "The precision auto was asked for, which the computers of a cluster may choose differently; give float32 or bfloat16.");
    return super.run(values, context);
  }

  @Override
  protected Workers workers(final Settings values, final Supplier<Engine> engine) {
    return new SparkWorkers(values);
  }
}
