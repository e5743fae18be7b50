package org.anatomicalpriors.robustness;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.scijava.Context;

/**
 * Uses the service for long in one process: {@code scripts/soak}. Its heap should be fixed and
 * touched from the start, so that the resident memory grows by natives alone.
 */
public final class Soak {

  /** From so many runs on, the second half begins when Java has compiled what it will. */
  private static final int MANY = 200;

  private static final int ROWS = 10;
  private static final int THREADS = 20;

  private final Context context = new Context();
  private final Workload work = new Workload(context);
  private final Alone alone = new Alone(work);
  private final List<String> complaints = new ArrayList<>();

  private Soak() {}

  /**
   * @param args number of segmentations, number of cancels, and the seed of their moments
   */
  public static void main(final String[] args) throws Exception {
    final int segmentations = args.length > 0 ? Integer.parseInt(args[0]) : 500;
    final int cancels = args.length > 1 ? Integer.parseInt(args[1]) : 200;
    final long seed = args.length > 2 ? Long.parseLong(args[2]) : 1;
    final Soak soak = new Soak();
    soak.segment(segmentations);
    soak.threads();
    soak.cancel(cancels, seed);
    soak.work.close();
    soak.context.dispose();
    soak.complaints.forEach(c -> System.out.println("WRONG: " + c));
    System.out.println(soak.complaints.isEmpty() ? "All is well." : "Something is wrong.");
    System.exit(soak.complaints.isEmpty() ? 0 : 1);
  }

  private static double seconds(final long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private void wrong(final String complaint) {
    if (!complaint.isEmpty()) complaints.add(complaint);
  }

  private void segment(final int count) throws Exception {
    System.out.println(count + " segmentations, one after another");
    final long start = System.nanoTime();
    repeat(count, i -> wrong(alone.segment(i)));
    System.out.printf(Locale.ROOT, "%.1f s%n", seconds(start));
  }

  private void threads() throws Exception {
    for (int i = 0; i < THREADS; i++) alone.learn(i);
    final long start = System.nanoTime();
    final List<String> wrong = ManyThreads.run(work, alone, THREADS, 1);
    complaints.addAll(wrong);
    System.out.printf(
        Locale.ROOT,
        "%d threads at once: %d wrong, %.1f s; one after another: %.1f s%n",
        THREADS,
        wrong.size(),
        seconds(start),
        IntStream.range(0, THREADS).mapToLong(alone::nanoseconds).sum() / 1e9);
  }

  private void cancel(final int count, final long seed) throws Exception {
    System.out.println(count + " cancels at random moments");
    for (int i = 0; i < work.count(); i++) alone.learn(i);
    Held.now(); // lets threads end
    final Set<String> files = temporaryFiles();
    try (RandomCancels cancels = new RandomCancels(context, work, alone, seed)) {
      cancels.cancelOnce();
      final Set<Thread> threads = Thread.getAllStackTraces().keySet();
      repeat(count, i -> cancels.cancelOnce());
      System.out.println(cancels.summary());
      complaints.addAll(cancels.complaints());
      if (cancels.stopped() == 0) wrong("no cancel stopped anything");
      left("threads", added(threads));
    }
    for (int i = 0; i < work.ways(); i++) wrong(alone.segment(i)); // usable as before
    final Set<String> now = temporaryFiles();
    now.removeAll(files);
    left("temporary files", now);
  }

  /** Something to do by number. */
  @FunctionalInterface
  private interface Step {
    void run(int number) throws Exception;
  }

  /** Most growth over the second half; a young process grows in lumps. */
  private static Held allowed(final int count) {
    return new Held(2, count < MANY ? 16 : 6, 4, 2);
  }

  private void repeat(final int count, final Step step) throws Exception {
    final FlatMemory memory = new FlatMemory(allowed(count));
    System.out.println(FlatMemory.header());
    final int rows = Math.min(ROWS, count);
    for (int i = 0, row = 1; i < count; i++) {
      step.run(i);
      for (; row <= rows && i + 1 == (int) ((long) count * row / rows); row++)
        System.out.println(memory.add(i + 1, Held.now()));
    }
    System.out.println(memory.summary());
    complaints.addAll(memory.complaints());
  }

  private void left(final String what, final Set<String> names) {
    System.out.println(what + " left: " + names);
    if (!names.isEmpty()) wrong(what + " are left: " + names);
  }

  /** Threads that were not there before; pools of SciJava and Java itself grow and shrink. */
  private static Set<String> added(final Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> !before.contains(t) && !t.getName().matches("(SciJava|AWT)-.*"))
        .map(Thread::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> temporaryFiles() {
    final String[] names = new File(System.getProperty("java.io.tmpdir")).list();
    return new TreeSet<>(Arrays.asList(names));
  }
}
