package org.anatomicalpriors.spark;

import java.util.ArrayList;
import java.util.List;
import org.anatomicalpriors.batch.Workers;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
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
  protected Workers workers(final Settings values, final JobContext context) {
    return new SparkWorkers(values);
  }
}
