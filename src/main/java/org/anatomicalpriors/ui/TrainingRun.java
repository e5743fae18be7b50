package org.anatomicalpriors.ui;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.swing.SwingUtilities;
import org.anatomicalpriors.job.Job;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;

/** A job that trains a model, with a window where there is a screen. */
public final class TrainingRun {

  private static final String OUTPUT = "output";

  private final TrainingRequests requests = new TrainingRequests();
  private final TrainingFeed feed = new TrainingFeed();
  private final TrainingProgress progress;

  private TrainingRun(final JobContext context) {
    progress = new TrainingProgress(context.progress(), requests);
  }

  /**
   * Runs the job to its end in the caller's thread, which must not be the event thread. The window
   * stays until it is closed. Without a screen the job runs as it is.
   *
   * @param values complete; the window names the path that {@code output} holds
   * @return what the job returned
   * @throws CancelledException if the window's or the context's user stopped it
   */
  public static JobResult run(final Job job, final Settings values, final JobContext context)
      throws IOException {
    if (GraphicsEnvironment.isHeadless()) return job.run(values, context);
    return new TrainingRun(context).inWindow(job, values, context);
  }

  private JobResult inWindow(final Job job, final Settings values, final JobContext outer)
      throws IOException {
    final TrainingWindow[] window = new TrainingWindow[1];
    onEventThread(
        () -> {
          window[0] = new TrainingWindow(feed, requests, progress, output(values));
          window[0].open();
        });
    try {
      final JobResult result = job.run(values, context(outer));
      ended(window[0], true, description(result));
      return result;
    } catch (final IOException | RuntimeException | Error e) {
      ended(window[0], false, e.getMessage() == null ? e.toString() : e.getMessage());
      throw e;
    }
  }

  private JobContext context(final JobContext outer) {
    return new JobContext() {
      @Override
      public Progress progress() {
        return progress;
      }

      @Override
      public <T> Optional<T> find(final Class<T> type) {
        if (type.isInstance(feed)) return Optional.of(type.cast(feed));
        if (type.isInstance(requests)) return Optional.of(type.cast(requests));
        return outer.find(type);
      }
    };
  }

  private static String description(final JobResult result) {
    return result.files().isEmpty()
        ? "Done."
        : result.files().stream()
            .map(Path::toString)
            .collect(Collectors.joining(", ", "Saved ", "."));
  }

  private static Path output(final Settings values) {
    for (final Setting<?> s : values.settings())
      if (s.name().equals(OUTPUT)) return Path.of(values.get(s).toString());
    throw new IllegalArgumentException("the job has no setting " + OUTPUT);
  }

  private static void ended(final TrainingWindow window, final boolean well, final String text) {
    SwingUtilities.invokeLater(() -> window.ended(well, text));
  }

  private static void onEventThread(final Runnable work) {
    try {
      SwingUtilities.invokeAndWait(work);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException();
    } catch (final InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException) throw (RuntimeException) e.getCause();
      throw new IllegalStateException(e.getCause());
    }
  }
}
