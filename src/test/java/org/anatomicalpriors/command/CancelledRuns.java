package org.anatomicalpriors.command;

import static org.anatomicalpriors.fiji.FijiStudy.truth;
import static org.anatomicalpriors.fiji.FijiStudy.volume;

import ij.io.FileSaver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.anatomicalpriors.tensorflow.Engine;
import org.scijava.command.CommandModule;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.task.Task;
import org.scijava.task.event.TaskEvent;

/**
 * Cancels a command again and again, in a process of its own, and tells what is left: native memory
 * that grew (the median of the runs, since a leak comes with every run and the allocator's growth
 * in lumps) and threads that came with the later runs. Arguments: {@code train} or {@code segment},
 * and a folder to work in.
 */
public final class CancelledRuns {

  /** The allocator keeps some of what is freed; after these runs it has what it needs. */
  private static final int WARM_UPS = 3;

  private static final int RUNS = 5;

  /** Weights of a leaked session are large against what the allocator keeps. */
  private static final String CHANNELS = "128,128";

  private static final double MEGA = 1e6;

  private final Fiji fiji = new Fiji();
  private final String stage;
  private final Class<? extends CoreCommand> command;
  private final Object[] inputs;
  private final double[] milliseconds = new double[RUNS];
  private volatile CountDownLatch working;
  private volatile Task task;

  private CancelledRuns(
      final String stage, final Class<? extends CoreCommand> command, final Object... inputs) {
    this.stage = stage;
    this.command = command;
    this.inputs = inputs;
    fiji.context.service(EventService.class).subscribe(this);
  }

  public static void main(final String[] arguments) throws Exception {
    final Path folder = Path.of(arguments[1]);
    if (arguments[0].equals("train")) {
      new CancelledRuns(
              "Training the prior", TrainPriorCommand.class, training(folder, "cut.zip", 1_000_000))
          .measure();
      return;
    }
    try (Fiji first = new Fiji()) {
      first.run(TrainPriorCommand.class, training(folder, "prior.zip", 2));
    }
    new CancelledRuns(
            "Refining",
            SegmentImageCommand.class,
            "image",
            volume(0),
            "model",
            folder.resolve("prior.zip").toFile(),
            "refine",
            100_000,
            "threads",
            1)
        .measure();
  }

  private static Object[] training(final Path folder, final String output, final long steps)
      throws Exception {
    final Path maps = Files.createDirectories(folder.resolve("maps"));
    for (int i = 0; i < 3; i++) new FileSaver(truth(i)).saveAsTiff(maps + "/toy" + i + ".tif");
    return new Object[] {
      "labels",
      maps.toFile(),
      "output",
      folder.resolve(output).toFile(),
      "spacing",
      1,
      "channels",
      CHANNELS,
      "align",
      false,
      "steps",
      steps,
      "threads",
      1
    };
  }

  @EventHandler
  void onEvent(final TaskEvent e) {
    final String status = e.getTask().getStatusMessage();
    if (working == null || status == null || !status.startsWith(stage)) return;
    task = e.getTask();
    working.countDown();
  }

  private void measure() throws Exception {
    for (int i = 0; i < WARM_UPS; i++) cancelOnce();
    final Set<Thread> threads = Thread.getAllStackTraces().keySet();
    final double[] growth = new double[RUNS];
    double before = resident();
    for (int i = 0; i < RUNS; i++) {
      milliseconds[i] = cancelOnce();
      final double after = resident();
      growth[i] = after - before;
      before = after;
    }
    final Set<String> left = added(threads);
    Arrays.sort(milliseconds);
    Arrays.sort(growth);
    System.out.printf(Locale.ROOT, "stopped within %.0f ms%n", milliseconds[RUNS - 1]);
    System.out.printf(Locale.ROOT, "MB left by a run: %.2f%n", growth[RUNS / 2]);
    System.out.println("threads left: " + left);
    System.exit(0);
  }

  /** No garbage collection: what is closed only by that is left behind. */
  private static double resident() throws InterruptedException {
    Thread.sleep(300);
    return Engine.residentBytes() / MEGA;
  }

  /** Threads that were not there before; pools of SciJava and Java itself grow and shrink. */
  private static Set<String> added(final Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> !before.contains(t) && !t.getName().matches("(SciJava|AWT)-.*"))
        .map(Thread::getName)
        .collect(Collectors.toSet());
  }

  /** Milliseconds from asking to the command's return. */
  private double cancelOnce() throws Exception {
    working = new CountDownLatch(1);
    final Future<CommandModule> future = fiji.start(command, inputs);
    working.await();
    final long asked = System.nanoTime();
    task.cancel("enough");
    final CommandModule ended = future.get();
    if (!ended.isCanceled()) throw new AssertionError("it was not cancelled");
    return (System.nanoTime() - asked) / MEGA;
  }
}
