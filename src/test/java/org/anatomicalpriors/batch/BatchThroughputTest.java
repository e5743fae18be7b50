package org.anatomicalpriors.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.io.ImageFiles;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.output.Run;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.SegmentationSettings;
import org.anatomicalpriors.segmentation.Segmenter;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.tensorflow.Arithmetic;
import org.anatomicalpriors.tensorflow.TestEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A benchmark, skipped unless it is asked for: tells what a batch costs. {@code
 * -Dbatch.model=brain.zip -Dbatch.images=FOLDER}: images per second of the batch, files read and
 * written, against those of the core on images in memory, the two taking turns. {@code
 * -Dbatch.files=2000}: seconds to find that so many files are done. {@code
 * -Dscijava.surefire.args=} gives it the virtual machine that users have.
 */
class BatchThroughputTest {

  @TempDir Path folder;

  @Test
  void batchAgainstCore() throws Exception {
    assumeTrue(System.getProperty("batch.model") != null, "no model is given");
    final int rounds = Integer.getInteger("batch.rounds", 3);
    assertTrue(rounds > 0, "batch.rounds has to be 1 or more");
    final List<Path> files = ImageFiles.list(List.of(Path.of(System.getProperty("batch.images"))));
    final Settings settings = Settings.of(SegmentationSettings.ALL);
    final Run run =
        new Run(Path.of(System.getProperty("batch.model")), settings, Set.of(), Arithmetic.FLOAT32);
    final List<SpatialImage<? extends RealType<?>>> images = new ArrayList<>();
    for (final Path file : files) images.add(Images.open(file, Progress.NONE));
    final double[] core = new double[rounds],
        batch = new double[rounds],
        ratio = new double[rounds],
        work = new double[rounds];
    try (AnatomicalPrior prior = ModelBundle.open(run.model(), TestEngine.get())) {
      final Segmenter segmenter = Segmenter.of(prior, settings);
      segmenter.segment(images.get(0), Progress.NONE);
      for (int r = 0; r < rounds; r++) {
        final long start = System.nanoTime(), startCpu = cpuNanos();
        images.forEach(image -> segmenter.segment(image, Progress.NONE));
        final long middle = System.nanoTime(), middleCpu = cpuNanos();
        final Path results = Files.createDirectory(folder.resolve("results" + r));
        final BatchReport report =
            new Batch(files, List.of(), null, results, run, false)
                .run(TestEngine::get, Progress.NONE);
        assertEquals(files.size(), report.segmented(), report.toString());
        core[r] = files.size() / (1e-9 * (middle - start));
        batch[r] = files.size() / (1e-9 * (System.nanoTime() - middle));
        ratio[r] = batch[r] / core[r];
        work[r] = (double) (middleCpu - startCpu) / (cpuNanos() - middleCpu);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%d images, %d rounds: core %.3f images/s, batch %.3f images/s, ratio %.2f, of processor time %.2f (medians)%n",
        files.size(),
        rounds,
        median(core),
        median(batch),
        median(ratio),
        median(work));
  }

  @Test
  void restart() throws Exception {
    final int count = Integer.getInteger("batch.files", 0);
    assumeTrue(count > 0, "no number of files is given");
    final ToyBatch toy = new ToyBatch(folder, count);
    final long start = System.nanoTime();
    assertEquals(count, toy.segment().segmented());
    final long middle = System.nanoTime();
    assertEquals(count, toy.segment().skipped());
    System.out.printf(
        Locale.ROOT,
        "%d files: segmented in %.1f s, found done in %.1f s%n",
        count,
        1e-9 * (middle - start),
        1e-9 * (System.nanoTime() - middle));
  }

  /** What all threads of this process have used: it counts on a machine that others use too. */
  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static double median(final double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
