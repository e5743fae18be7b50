package org.anatomicalpriors.training;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anatomicalpriors.io.ImageFiles;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.Engine;

/**
 * One training of a prior on the first of many label maps, in a process whose heap and whose limits
 * are given, and what it took: {@code scripts/many-maps} starts it.
 */
public final class ManyMapsTraining {

  private static final double MEGA = 1e6;

  private ManyMapsTraining() {}

  /**
   * @param a folder of maps, how many of them, steps, spacing of the prior in mm, bytes to keep in
   *     memory or {@code usual}, the model to write
   */
  public static void main(final String[] a) throws Exception {
    final List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(a[0]))) {
      files =
          all.filter(f -> f.toString().endsWith(".nii.gz"))
              .sorted()
              .limit(Integer.parseInt(a[1]))
              .collect(Collectors.toList());
    }
    final long share = a[4].equals("usual") ? MemoryShare.bytes() : Long.parseLong(a[4]);
    final Path model = Path.of(a[5]);
    final Stages stages = new Stages();
    final Paces paces = new Paces();
    final Settings settings =
        Settings.of(PriorSettings.ALL)
            .with(PriorSettings.STEPS, Long.parseLong(a[2]))
            .with(PriorSettings.SPACING, Double.parseDouble(a[3]))
            .with(PriorSettings.CHANNELS, List.of(8, 16, 16))
            .with(PriorSettings.CHECKPOINT_EVERY, Math.max(1, Long.parseLong(a[2]) / 2));
    final Engine engine = Engine.start("cpu", 2, false);
    try (AnatomicalPrior prior =
        new PriorTraining(settings, share)
            .train(
                ImageFiles.of(files, stages),
                null,
                engine,
                model.resolveSibling(model.getFileName() + ".checkpoint"),
                false,
                Supervision.of(stages).listener(paces))) {
      ModelBundle.save(prior, model);
    }
    stages.end();
    try (AnatomicalPrior opened = ModelBundle.open(model, engine)) {
      final int maps = opened.description().provenance().data().size();
      if (maps != files.size()) throw new AssertionError(maps + " maps in " + model);
      opened.decode(new float[opened.description().architecture().latentCount()]);
    }
    System.out.printf(
        Locale.ROOT,
        "maps %d, heap %.1f MB, resident %.0f MB, %.2f steps/s, %.1f ms of the processor a step; %s; model %.2f MB%n",
        files.size(),
        stages.heap / MEGA,
        peakResident(),
        paces.median(),
        paces.processor(),
        stages,
        Files.size(model) / MEGA);
  }

  /** MB; not a number where the system does not tell. */
  private static double peakResident() throws IOException {
    final Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) return Double.NaN;
    for (final String line : Files.readAllLines(status))
      if (line.startsWith("VmHWM:"))
        return 1024 * Double.parseDouble(line.replaceAll("\\D", "")) / MEGA;
    return Double.NaN;
  }

  /** The time of each stage, and the most heap that was in use after one, without garbage. */
  private static final class Stages implements Progress {
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private String stage = "Starting";
    private long began = System.nanoTime();
    private long heap;

    @Override
    public synchronized void update(
        final String name, final long done, final long total, final String message) {
      if (!name.equals(stage)) next(name);
      if (done > 0 && 2 * done == total) measure();
    }

    private void next(final String name) {
      measure();
      seconds.merge(stage, 1e-9 * (System.nanoTime() - began), Double::sum);
      stage = name;
      began = System.nanoTime();
    }

    private void measure() {
      System.gc();
      final Runtime java = Runtime.getRuntime();
      heap = Math.max(heap, java.totalMemory() - java.freeMemory());
    }

    synchronized void end() {
      next("");
    }

    @Override
    public void log(final String message) {
      if (System.getProperty("verbose") != null) System.out.println(message);
    }

    @Override
    public String toString() {
      return seconds.entrySet().stream()
          .map(e -> String.format(Locale.ROOT, "%s %.1f s", e.getKey(), e.getValue()))
          .collect(Collectors.joining(", "));
    }
  }

  /**
   * The speed of the steps alone, and what they take of the processor whatever else is going on.
   */
  private static final class Paces implements TrainingListener {
    private final List<Double> all = new ArrayList<>();
    private long first;
    private long last;

    @Override
    public void stepped(final TrainingStep step) {
      if (Double.isNaN(step.pace().stepsPerSecond())) return;
      last =
          ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
              .getProcessCpuTime();
      if (all.isEmpty()) first = last;
      all.add(step.pace().stepsPerSecond());
    }

    /** Milliseconds a step, validations and what is prepared on other threads included. */
    double processor() {
      return 1e-6 * (last - first) / (all.size() - 1);
    }

    double median() {
      return all.stream().sorted().skip(all.size() / 2).findFirst().orElse(Double.NaN);
    }
  }
}
