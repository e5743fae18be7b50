package org.anatomicalpriors.ui;

import java.util.Locale;
import java.util.concurrent.Executor;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.AnatomySampler;
import org.anatomicalpriors.model.ShapePoint;
import org.anatomicalpriors.model.ShapeSpace;
import org.anatomicalpriors.picture.Crosshair;

/**
 * What is explored: a place in the space of codes, moved by sliders, draws and label maps, and the
 * anatomy there. All methods are called on the event thread and return at once; anatomies are
 * computed by one other thread, which skips those that were left behind meanwhile.
 */
final class Explorer {

  /** Name of the worker's thread. */
  static final String WORKER = "anatomical-priors explorer";

  private static final String MOVED = ", moved";

  private final AnatomicalPrior prior;
  private final AnatomySampler sampler;
  private final ExplorerListener listener;
  private final AnatomyMaker maker;
  private final LatestWorker<ExplorerQuestion, ExplorerFrame> worker;
  private final ExplorerTasks tasks;
  private ShapeSpace space;
  private ShapePoint point;
  private String title;
  private Crosshair crosshair;
  private int width = 1;
  private int height = 1;
  private double zoom = 1;
  private ExplorerQuestion asked;
  private ExplorerFrame frame;

  /**
   * @param prior stays open until {@link #close} says so
   * @param delivery the event thread
   */
  Explorer(final AnatomicalPrior prior, final ExplorerListener listener, final Executor delivery) {
    this.prior = prior;
    this.listener = listener;
    sampler = new AnatomySampler(prior);
    maker = new AnatomyMaker(prior);
    worker =
        new LatestWorker<>(
            WORKER, maker::frame, this::show, cause -> tasks().failed(cause), delivery);
    tasks = new ExplorerTasks(this, worker, listener, delivery);
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

  AnatomySampler sampler() {
    return sampler;
  }

  /** What takes longer than a picture. */
  ExplorerTasks tasks() {
    return tasks;
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

  /** Whether {@link #frame} is the answer to the latest move. */
  boolean isSettled() {
    return frame != null && frame.question == asked;
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

  /** Goes to the code of a label map. */
  void go(final float[] code, final String map) {
    choose(ShapePoint.of(space, code), map, false);
  }

  /** Goes to the mean of other axes, which replace those there are. */
  void setSpace(final ShapeSpace measured) {
    prior.withShapes(measured);
    space = measured;
    point = ShapePoint.of(space, space.mean());
    listener.axesChanged();
    reset();
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
    asked =
        new ExplorerQuestion(
            point, crosshair, ExplorerText.lines(title, point), width, height, zoom);
    worker.ask(asked);
  }

  private void show(final ExplorerFrame computed) {
    frame = computed;
    if (crosshair == null) crosshair = computed.crosshair;
    listener.shown(computed);
  }

  /**
   * Stops computing; after what is under way the decoder is freed and {@code last} is done, on the
   * worker's thread.
   */
  void close(final Runnable last) {
    tasks.cancel();
    worker.close(
        () -> {
          try {
            maker.close();
          } finally {
            last.run();
          }
        });
  }
}
