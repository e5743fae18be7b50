package org.anatomicalpriors.ui;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.AnatomySampler;
import org.anatomicalpriors.model.ShapePoint;
import org.anatomicalpriors.model.ShapeSpace;
import org.anatomicalpriors.picture.Crosshair;
import org.anatomicalpriors.picture.OrthogonalPainter;
import org.anatomicalpriors.picture.OrthogonalView;
import org.anatomicalpriors.picture.PngFiles;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.SpatialImage;

/**
 * What is explored: a place in the space of codes, moved by sliders, draws and label maps, and the
 * anatomy there. All methods are called on the event thread and return at once; anatomies are
 * computed by one other thread, which skips those that were left behind meanwhile.
 */
final class Explorer {

  private static final double SHOWN_COORDINATE = 0.005;
  private static final int COORDINATES_IN_A_LINE = 3;
  private static final double SAVED_ZOOM = 3;
  private static final String MOVED = ", moved";

  private final AnatomicalPrior prior;
  private final AnatomySampler sampler;
  private final ExplorerListener listener;
  private final Executor delivery;
  private final AnatomyMaker maker;
  private final LatestWorker<ExplorerQuestion, ExplorerFrame> worker;
  private ShapeSpace space;
  private ShapePoint point;
  private String title;
  private Crosshair crosshair;
  private int width = 1;
  private int height = 1;
  private double zoom = 1;
  private ExplorerFrame frame;
  private TaskProgress task;

  /**
   * @param prior stays open until {@link #close} says so
   * @param delivery the event thread
   */
  Explorer(final AnatomicalPrior prior, final ExplorerListener listener, final Executor delivery) {
    this.prior = prior;
    this.listener = listener;
    this.delivery = delivery;
    sampler = new AnatomySampler(prior);
    maker = new AnatomyMaker(prior);
    worker =
        new LatestWorker<>(
            "anatomical-priors explorer", maker::frame, this::show, this::fail, delivery);
    // Without axes there is still the middle of p(z).
    space = prior.shapes().orElseGet(() -> noAxes(prior));
    point = ShapePoint.of(space, space.mean());
    title = meanTitle();
  }

  private static ShapeSpace noAxes(final AnatomicalPrior prior) {
    final int n = prior.description().architecture().latentCount();
    return new ShapeSpace(1, new float[n], new float[0][], new double[0], 0);
  }

  AnatomicalPrior prior() {
    return prior;
  }

  ShapeSpace space() {
    return space;
  }

  /** Whether the prior's axes were measured, here or at its training. */
  boolean hasMeasuredAxes() {
    return prior.shapes().isPresent();
  }

  ShapePoint point() {
    return point;
  }

  /** The voxel to look at, or null before the first frame. */
  Crosshair crosshair() {
    return crosshair;
  }

  /** What is on the screen, or null. */
  ExplorerFrame frame() {
    return frame;
  }

  // -- Where to be --

  /** Moves along an axis to a place there, in standard deviations. */
  void move(final int axis, final double coordinate) {
    if (point.coordinate(axis) != coordinate)
      choose(point.with(axis, coordinate), title.replace(MOVED, "") + MOVED, false);
  }

  /** Goes to the mean of the label maps. */
  void reset() {
    choose(ShapePoint.of(space, space.mean()), meanTitle(), false);
  }

  private String meanTitle() {
    return hasMeasuredAxes() ? "Mean of " + space.maps() + " label maps" : "Middle of the prior";
  }

  /** Goes to the first anatomy that {@link AnatomySampler#draw} draws with this seed. */
  void random(final long seed) {
    choose(ShapePoint.of(space, sampler.code(seed, 0)), "Random sample, seed " + seed, false);
  }

  /** Goes to a place between two label maps. */
  void walk(final Morph morph, final double t) {
    choose(
        ShapePoint.of(space, morph.at(t)),
        String.format(Locale.ROOT, "%.0f %% of %s to %s", 100 * t, morph.from(), morph.to()),
        true);
  }

  private void choose(final ShapePoint chosen, final String named, final boolean walking) {
    point = chosen;
    title = named;
    listener.chosen(point, walking);
    ask();
  }

  /** Shows the slices through another voxel. */
  void look(final Crosshair at) {
    crosshair = at;
    ask();
  }

  /** Makes pictures of another size. */
  void resize(final int pixelsWide, final int pixelsHigh, final double pixelZoom) {
    width = pixelsWide;
    height = pixelsHigh;
    zoom = pixelZoom;
    ask();
  }

  private void ask() {
    worker.ask(new ExplorerQuestion(point, crosshair, lines(), width, height, zoom));
  }

  private void show(final ExplorerFrame computed) {
    frame = computed;
    if (crosshair == null) crosshair = computed.crosshair;
    listener.shown(computed);
  }

  /** The title, and where that is along the axes. */
  private List<String> lines() {
    final List<String> lines = new ArrayList<>(List.of(title));
    final List<String> coordinates = new ArrayList<>();
    for (int k = 0; k < Math.min(space.size(), AxisSliders.MOST); k++)
      if (Math.abs(point.coordinate(k)) >= SHOWN_COORDINATE)
        coordinates.add(
            String.format(Locale.ROOT, "axis %d: %+.2f SD", k + 1, point.coordinate(k)));
    for (int i = 0; i < coordinates.size(); i += COORDINATES_IN_A_LINE)
      lines.add(
          String.join(
              "   ",
              coordinates.subList(i, Math.min(coordinates.size(), i + COORDINATES_IN_A_LINE))));
    return lines;
  }

  // -- Label maps --

  /** Goes to the mean of q(z|s) of a label map, which is aligned to the prior first. */
  void encode(final LabelSource map) {
    start(
        progress -> sampler.encode(map.load(progress), progress),
        z -> choose(ShapePoint.of(space, z), map.name(), false));
  }

  /** Finds the line between two label maps and goes to its start. */
  void morph(final LabelSource from, final LabelSource to) {
    start(
        progress ->
            new Morph(
                from.name(),
                sampler.encode(from.load(progress), progress),
                to.name(),
                sampler.encode(to.load(progress), progress)),
        morph -> {
          listener.morphing(morph);
          walk(morph, 0);
        });
  }

  /** Finds the axes of some label maps; the model's file stays as it is. */
  void measureAxes(final List<LabelSource> maps) {
    start(
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
          prior.withShapes(found);
          space = found;
          listener.axesChanged();
          reset();
          listener.told(
              found.size() + " axes of " + found.maps() + " label maps were found.", false);
        });
  }

  /** Writes the label map that is on the screen. */
  void saveLabels(final Path file) {
    final SpatialImage<? extends RealType<?>> map = frame.anatomy.map();
    start(
        progress -> {
          Images.save(map, file);
          return file;
        },
        saved -> listener.told("The label map is in " + saved + ".", false));
  }

  /** Writes the picture that is on the screen as PNG, at a printer's resolution. */
  void saveView(final Path file) {
    final ExplorerFrame f = frame;
    start(
        progress -> {
          final ExplorerQuestion q = f.question;
          final OrthogonalView view =
              new OrthogonalView(
                  prior.description().grid(),
                  (int) (SAVED_ZOOM / q.zoom * q.width),
                  (int) (SAVED_ZOOM / q.zoom * q.height),
                  SAVED_ZOOM);
          PngFiles.write(
              new OrthogonalPainter(view, prior.description().labels())
                  .paint(f.anatomy.map(), f.crosshair, q.lines),
              file);
          return file;
        },
        saved -> listener.told("The picture is in " + saved + ".", false));
  }

  // -- Longer tasks --

  /** Does a task that can be cancelled; another one under way is cancelled first. */
  <T> void start(final Function<Progress, T> work, final Consumer<T> outcome) {
    cancel();
    final TaskProgress progress = new TaskProgress(listener, delivery);
    task = progress;
    listener.working("Working", 0, 0);
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

  private void fail(final Throwable cause) {
    listener.idle();
    final boolean stopped = cause instanceof CancelledException;
    final String why =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    listener.told(
        cause instanceof OutOfMemoryError
            ? "The memory does not suffice (" + why + "); close other images and try again."
            : why,
        !stopped);
  }

  /**
   * Stops computing; after what is under way the decoder is freed and {@code last} is done, on the
   * worker's thread.
   */
  void close(final Runnable last) {
    cancel();
    worker.close(
        () -> {
          maker.close();
          last.run();
        });
  }
}
