package org.anatomicalpriors.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.model.Architecture;
import org.anatomicalpriors.model.PriorTrainer;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.Engine;
import org.anatomicalpriors.tensorflow.MatrixProduct;
import org.anatomicalpriors.training.PriorSettings;
import org.anatomicalpriors.workflow.CoreJob;

/** How fast the networks compute, beside a matrix product. */
final class BenchmarkJob extends CoreJob {

  private static final Setting<List<Integer>> SIZE =
      Setting.integers(
          "size",
          List.of(80, 96, 112),
          8,
          1024,
          "voxels",
          "Size of the grid along x, y and z; the default is a brain at 2 mm.");
  private static final Setting<Long> LABEL_COUNT =
      Setting.integer("label-count", 18, 2, 254, "labels", "Number of labels.");
  private static final Setting<Long> ROUNDS =
      Setting.integer(
          "rounds",
          10,
          1,
          10_000,
          "rounds",
          "Rounds; each times every kind of work once, and medians are shown.");

  private static final int WARM_UPS = 3;
  private static final int LISTED = 12;

  BenchmarkJob() {
    super(
        "benchmark",
        "Times the forward pass and the training step of the default network against a float32 matrix product in the same run; with another precision, in both.",
        "benchmark --size 80,96,112 --label-count 18");
  }

  @Override
  public List<Setting<?>> files() {
    return List.of();
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(SIZE, LABEL_COUNT, ROUNDS);
  }

  @Override
  public JobResult run(final Settings values, final JobContext context) {
    final int labels = values.getInt(LABEL_COUNT);
    final Settings s = Settings.of(PriorSettings.ALL);
    final Architecture a =
        new Architecture(
            values.get(SIZE).stream().mapToInt(i -> i).toArray(),
            labels,
            s.get(PriorSettings.CHANNELS).stream().mapToInt(i -> i).toArray(),
            s.get(PriorSettings.LATENT),
            s.getInt(PriorSettings.LATENT_SIZE));
    final byte[] map = new byte[a.voxels()];
    final Random random = new Random(1);
    for (int i = 0; i < map.length; i++) map[i] = (byte) random.nextInt(labels);
    final float[] epsilon = new float[a.latentCount()];
    final Engine engine = engine(values, context);
    final List<Engine> engines =
        engine.arithmetic().isFloat32() ? List.of(engine) : List.of(engine.inFloat32(), engine);
    final List<PriorTrainer> trainers = new ArrayList<>();
    try (MatrixProduct product = new MatrixProduct(engine)) {
      final Map<String, Runnable> jobs = new LinkedHashMap<>();
      final List<Double> operations = new ArrayList<>(List.of(product.operations()));
      jobs.put("matrix product", product::run);
      for (final Engine e : engines) {
        final PriorTrainer trainer = new PriorTrainer(a, e, new float[a.voxels() * labels], 1, 1);
        trainers.add(trainer);
        final String kind = engines.size() == 1 ? "" : ", " + e.arithmetic();
        jobs.put("forward pass" + kind, () -> trainer.evaluate(map, null));
        jobs.put("training step" + kind, () -> trainer.step(map, null, epsilon, 0, 1e-4, 1));
        operations.addAll(List.of(trainer.forwardOperations(), trainer.stepOperations()));
      }
      final double[] seconds =
          medians(List.copyOf(jobs.values()), values.getInt(ROUNDS), context.progress());
      return new JobResult()
          .message(
              "TensorFlow "
                  + Engine.version()
                  + " on "
                  + engine.describe()
                  + "; grid "
                  + values.get(SIZE)
                  + ", "
                  + labels
                  + " labels, "
                  + a)
          .table(speeds(List.copyOf(jobs.keySet()), operations, seconds))
          .table(shares(trainers.get(trainers.size() - 1).profile(map)));
    } finally {
      trainers.forEach(PriorTrainer::close);
    }
  }

  /** Seconds, the jobs taking turns so that a busy moment of the machine meets all of them. */
  private static double[] medians(
      final List<Runnable> jobs, final int rounds, final Progress progress) {
    final double[][] seconds = new double[jobs.size()][rounds];
    for (int round = -WARM_UPS; round < rounds; round++)
      for (int j = 0; j < jobs.size(); j++) {
        progress.checkCancelled();
        final long start = System.nanoTime();
        jobs.get(j).run();
        if (round >= 0) seconds[j][round] = (System.nanoTime() - start) / 1e9;
      }
    return IntStream.range(0, jobs.size())
        .mapToDouble(j -> Arrays.stream(seconds[j]).sorted().toArray()[rounds / 2])
        .toArray();
  }

  private static ResultTable speeds(
      final List<String> names, final List<Double> operations, final double[] seconds) {
    final ResultTable table =
        new ResultTable("", "", "GFLOP", "seconds", "GFLOP/s", "of matmul").decimals(0, 1, 3, 0, 2);
    final double peak = operations.get(0) / seconds[0];
    for (int i = 0; i < seconds.length; i++)
      table.row(
          names.get(i),
          operations.get(i) / 1e9,
          seconds[i],
          operations.get(i) / seconds[i] / 1e9,
          operations.get(i) / seconds[i] / peak);
    return table;
  }

  private static ResultTable shares(final Map<String, Double> micros) {
    final double total = micros.values().stream().mapToDouble(d -> d).sum();
    final ResultTable table =
        new ResultTable("", "operation of a step", "share [%]").decimals(0, 1);
    micros.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(LISTED)
        .forEach(e -> table.row(e.getKey(), 100 * e.getValue() / total));
    return table;
  }
}
