package org.anatomicalpriors.cli;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.anatomicalpriors.model.Architecture;
import org.anatomicalpriors.model.PriorTrainer;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.Engine;
import org.anatomicalpriors.tensorflow.MatrixProduct;
import org.anatomicalpriors.training.PriorSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "benchmark",
    description =
        "Times the forward pass and the training step of the default network against a float32 matrix product in the same run.",
    footer = {"", "Example:", "  anatomical-priors benchmark --size 80,96,112 --label-count 18"})
final class BenchmarkCommand extends EngineJob {

  private static final int WARM_UPS = 3;
  private static final int LISTED = 12;

  @Option(
      names = "--size",
      split = ",",
      defaultValue = "80,96,112",
      paramLabel = "X,Y,Z",
      description = "Voxels of the grid; the default is a brain at 2 mm (${DEFAULT-VALUE}).")
  private int[] size;

  @Option(
      names = "--label-count",
      defaultValue = "18",
      description = "Number of labels (${DEFAULT-VALUE}).")
  private int labels;

  @Option(
      names = "--rounds",
      defaultValue = "10",
      description = "Rounds; each times all three once, and medians are shown (${DEFAULT-VALUE}).")
  private int rounds;

  BenchmarkCommand(final Cancellation cancellation) {
    super(cancellation);
  }

  @Override
  public Integer call() {
    final Settings s = Settings.of(PriorSettings.ALL);
    final Architecture a =
        new Architecture(
            size,
            labels,
            s.get(PriorSettings.CHANNELS).stream().mapToInt(i -> i).toArray(),
            s.get(PriorSettings.LATENT),
            s.getInt(PriorSettings.LATENT_SIZE));
    final byte[] map = new byte[a.voxels()];
    final Random random = new Random(1);
    for (int i = 0; i < map.length; i++) map[i] = (byte) random.nextInt(labels);
    final float[] epsilon = new float[a.latentCount()];
    final Engine engine = startEngine();
    try (MatrixProduct product = new MatrixProduct(engine);
        PriorTrainer trainer = new PriorTrainer(a, engine, new float[a.voxels() * labels], 1, 1)) {
      final List<Runnable> jobs =
          List.of(
              product::run,
              () -> trainer.evaluate(map),
              () -> trainer.step(map, epsilon, 0, 1e-4, 1));
      final double[] operations = {
        product.operations(), trainer.forwardOperations(), trainer.stepOperations()
      };
      print(engine, a, operations, medians(jobs));
      print(trainer.profile(map));
    }
    return ErrorMessages.OK;
  }

  /** Seconds, the jobs taking turns so that a busy moment of the machine meets all of them. */
  private double[] medians(final List<Runnable> jobs) {
    final double[][] seconds = new double[jobs.size()][rounds];
    for (int round = -WARM_UPS; round < rounds; round++)
      for (int j = 0; j < jobs.size(); j++) {
        final long start = System.nanoTime();
        jobs.get(j).run();
        if (round >= 0) seconds[j][round] = (System.nanoTime() - start) / 1e9;
      }
    return IntStream.range(0, jobs.size())
        .mapToDouble(j -> Arrays.stream(seconds[j]).sorted().toArray()[rounds / 2])
        .toArray();
  }

  private void print(
      final Engine engine,
      final Architecture a,
      final double[] operations,
      final double[] seconds) {
    out()
        .println(
            "TensorFlow "
                + Engine.version()
                + " on "
                + engine.device()
                + ", "
                + engine.threads()
                + " threads; grid "
                + Arrays.toString(size)
                + ", "
                + labels
                + " labels, "
                + a);
    final TextTable table = new TextTable("", "GFLOP", "seconds", "GFLOP/s", "of matmul");
    final String[] names = {"matrix product", "forward pass", "training step"};
    final double peak = operations[0] / seconds[0];
    for (int i = 0; i < names.length; i++)
      table.row(
          names[i],
          TextTable.figure(operations[i] / 1e9, 1),
          TextTable.figure(seconds[i], 3),
          TextTable.figure(operations[i] / seconds[i] / 1e9, 0),
          TextTable.figure(operations[i] / seconds[i] / peak, 2));
    table.print(out());
  }

  private void print(final Map<String, Double> micros) {
    final double total = micros.values().stream().mapToDouble(d -> d).sum();
    final TextTable table = new TextTable("operation of a step", "share");
    micros.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(LISTED)
        .forEach(
            e ->
                table.row(
                    e.getKey(), String.format(Locale.ROOT, "%.1f %%", 100 * e.getValue() / total)));
    out().println();
    table.print(out());
  }
}
