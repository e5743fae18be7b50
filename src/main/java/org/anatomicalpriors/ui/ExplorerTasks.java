package org.anatomicalpriors.ui;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.model.AnatomySampler;
import org.anatomicalpriors.model.ShapeSpace;
import org.anatomicalpriors.picture.OrthogonalPainter;
import org.anatomicalpriors.picture.OrthogonalView;
import org.anatomicalpriors.picture.PngFiles;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.SpatialImage;

/**
 * What the explorer does beside moving: label maps are encoded, pictures and label maps are saved.
 * All methods are called on the event thread and return at once; the work is done by the explorer's
 * worker and can be cancelled.
 */
final class ExplorerTasks {

  private static final double SAVED_ZOOM = 3;

  private final Explorer explorer;
  private final AnatomySampler sampler;
  private final LatestWorker<?, ?> worker;
  private final ExplorerListener listener;
  private final Executor delivery;
  private TaskProgress task;

  ExplorerTasks(
      final Explorer explorer,
      final LatestWorker<?, ?> worker,
      final ExplorerListener listener,
      final Executor delivery) {
    this.explorer = explorer;
    this.worker = worker;
    this.listener = listener;
    this.delivery = delivery;
    sampler = explorer.sampler();
  }

  /** Goes to the mean of q(z|s) of a label map, which is aligned to the prior first. */
  void encode(final LabelSource map) {
    start(
        "Encoding " + map.name(),
        progress -> sampler.encode(map.load(progress), progress),
        z -> explorer.go(z, map.name()));
  }

  /** Finds the line between two label maps and goes to its start. */
  void morph(final LabelSource from, final LabelSource to) {
    start(
        "Encoding " + from.name() + " and " + to.name(),
        progress ->
            new Morph(
                from.name(),
                sampler.encode(from.load(progress), progress),
                to.name(),
                sampler.encode(to.load(progress), progress)),
        morph -> {
          listener.morphing(morph);
          explorer.walk(morph, 0);
        });
  }

  /** Finds the axes of some label maps; the model's file stays as it is. */
  void measureAxes(final List<LabelSource> maps) {
    start(
        "Encoding label maps",
        progress -> {
          final List<float[]> codes = new ArrayList<>();
          for (final LabelSource map : maps) {
            progress.checkCancelled();
            progress.update("Encoding " + map.name(), codes.size(), maps.size(), "");
            codes.add(sampler.encode(map.load(progress), progress));
          }
          return ShapeSpace.of(codes);
        },
        found -> {
          explorer.setSpace(found);
          listener.told(
              found.size() + " axes of " + found.maps() + " label maps were found.", false);
        });
  }

  /** Writes the label map that is on the screen. */
  void saveLabels(final Path file) {
    final SpatialImage<? extends RealType<?>> map = explorer.frame().anatomy.map();
    start(
        "Saving " + file.getFileName(),
        progress -> {
          Images.saveLabels(map, file);
          return file;
        },
        saved -> listener.told("The label map is in " + saved + ".", false));
  }

  /** Writes the picture that is on the screen as PNG, at a printer's resolution. */
  void saveView(final Path file) {
    final ExplorerFrame f = explorer.frame();
    start(
        "Saving " + file.getFileName(),
        progress -> {
          final ExplorerQuestion q = f.question;
          final OrthogonalView view =
              new OrthogonalView(
                  f.anatomy.map().grid(),
                  (int) (SAVED_ZOOM / q.zoom * q.width),
                  (int) (SAVED_ZOOM / q.zoom * q.height),
                  SAVED_ZOOM);
          PngFiles.write(
              new OrthogonalPainter(view, explorer.prior().description().labels())
                  .paint(f.anatomy.map(), f.crosshair, q.lines),
              file);
          return file;
        },
        saved -> listener.told("The picture is in " + saved + ".", false));
  }

  /** Starts a task; another one under way is cancelled first. */
  private <T> void start(
      final String stage, final Function<Progress, T> work, final Consumer<T> outcome) {
    cancel();
    final TaskProgress progress = new TaskProgress(listener, delivery);
    task = progress;
    listener.working(stage, 0, 0);
    worker.run(
        () -> {
          progress.checkCancelled();
          return work.apply(progress);
        },
        result -> {
          if (task == progress) listener.idle();
          if (!progress.isCancelled()) outcome.accept(result);
        });
  }

  /** Stops the task under way, if there is one. */
  void cancel() {
    if (task != null) task.cancel();
  }

  /** Tells what went wrong with a task or a picture. */
  void failed(final Throwable cause) {
    listener.idle();
    final String why =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    listener.told(
        cause instanceof OutOfMemoryError
            ? "The memory does not suffice (" + why + "); close other images and try again."
            : why,
        !(cause instanceof CancelledException));
  }
}
