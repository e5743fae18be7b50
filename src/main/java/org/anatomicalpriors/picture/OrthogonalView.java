package org.anatomicalpriors.picture;

import java.awt.Point;
import java.awt.Rectangle;
import java.util.EnumMap;
import java.util.Map;
import net.imglib2.RandomAccess;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;

/**
 * Where three orthogonal slices through one voxel stand in a picture: coronal and sagittal side by
 * side, axial below the coronal one, all at one scale, so that structures stay in line. A slice of
 * a 2D grid stands alone. Immutable.
 *
 * <pre>{@code
 * OrthogonalView view = new OrthogonalView(grid, 800, 700, 1);
 * BufferedImage picture = new OrthogonalPainter(view, labelSet).paint(labels, crosshair, lines);
 * }</pre>
 */
public final class OrthogonalView {

  private static final int GAP = 6;
  private static final int LEAST_LEGEND = 210;

  private final Grid grid;
  private final int width;
  private final int height;
  private final double zoom;
  private final Map<Plane, Rectangle> places = new EnumMap<>(Plane.class);
  private final Rectangle free;

  /**
   * @param grid on which the label maps lie
   * @param width room in pixels
   * @param height room in pixels
   * @param zoom pixels for a pixel of a plain screen: how large text and lines are
   */
  public OrthogonalView(final Grid grid, final int width, final int height, final double zoom) {
    this.grid = grid;
    this.width = Math.max(16, width);
    this.height = Math.max(16, height);
    this.zoom = zoom;
    this.free = grid.is2D() ? placeOne(Plane.of(grid).get(0)) : placeThree();
  }

  private Rectangle placeOne(final Plane plane) {
    final int legend = (int) Math.min(zoom * LEAST_LEGEND, width / 3.0);
    final double across = length(plane.across()), up = length(plane.up());
    final double scale = Math.min((width - legend) / across, height / up);
    place(plane, (int) ((width - legend - scale * across) / 2), 0, scale);
    final Rectangle p = places.get(plane);
    p.y = (height - p.height) / 2;
    return new Rectangle(width - legend, 0, legend, height);
  }

  private Rectangle placeThree() {
    final int gap = (int) (zoom * GAP);
    final double x = length(0), y = length(1), z = length(2);
    final double scale = Math.min((width - gap) / (x + y), (height - gap) / (z + y));
    final int left = (int) Math.max(0, (width - gap - scale * (x + y)) / 2);
    final int top = (int) Math.max(0, (height - gap - scale * (z + y)) / 2);
    place(Plane.CORONAL, left, top, scale);
    final Rectangle c = places.get(Plane.CORONAL);
    place(Plane.SAGITTAL, c.x + c.width + gap, top, scale);
    place(Plane.AXIAL, left, c.y + c.height + gap, scale);
    final int right = c.x + c.width + gap, bottom = c.y + c.height + gap;
    return new Rectangle(right, bottom, width - right, height - bottom);
  }

  private void place(final Plane plane, final int x, final int y, final double scale) {
    places.put(
        plane,
        new Rectangle(
            x,
            y,
            (int) Math.max(1, scale * length(plane.across())),
            (int) Math.max(1, scale * length(plane.up()))));
  }

  private double length(final int worldAxis) {
    final int axis = new WorldAxes(grid.toWorld()).voxelAxis(worldAxis);
    return grid.size(axis) * grid.spacing()[axis];
  }

  private int size(final int worldAxis) {
    return grid.size(new WorldAxes(grid.toWorld()).voxelAxis(worldAxis));
  }

  Grid grid() {
    return grid;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  double zoom() {
    return zoom;
  }

  /** Where each plane's slice stands. */
  Map<Plane, Rectangle> places() {
    return places;
  }

  /** Room beside the slices. */
  Rectangle free() {
    return free;
  }

  /** The plane whose slice is at a place of the picture, or null. */
  public Plane planeAt(final int x, final int y) {
    for (final Map.Entry<Plane, Rectangle> p : places.entrySet())
      if (p.getValue().contains(x, y)) return p.getKey();
    return null;
  }

  /**
   * The voxel at a place of the picture.
   *
   * @param plane whose slice is meant; places beyond it are its edge
   * @param seen the voxel through which the slices go
   */
  public Crosshair at(final Plane plane, final int x, final int y, final Crosshair seen) {
    final Rectangle p = places.get(plane);
    final int across = Math.floorDiv((x - p.x) * size(plane.across()), p.width);
    final int down = Math.floorDiv((y - p.y) * size(plane.up()), p.height);
    return seen.with(plane.across(), across).with(plane.up(), size(plane.up()) - 1 - down);
  }

  /** Where the centre of a voxel stands in a plane's slice. */
  public Point place(final Plane plane, final Crosshair voxel) {
    final Rectangle p = places.get(plane);
    final double u = (voxel.get(plane.across()) + 0.5) / size(plane.across());
    final double v = (voxel.get(plane.up()) + 0.5) / size(plane.up());
    return new Point(p.x + (int) (u * p.width), p.y + (int) ((1 - v) * p.height));
  }

  /** The voxel's world coordinates: right, front, top. */
  public double[] world(final Crosshair voxel) {
    return grid.toWorld().apply(stored(voxel));
  }

  /** The value of a voxel of an image on the grid. */
  public int valueAt(final SpatialImage<? extends RealType<?>> image, final Crosshair voxel) {
    final RandomAccess<? extends RealType<?>> access = image.voxels().randomAccess();
    final double[] v = stored(voxel);
    for (int d = 0; d < 3; d++) access.setPosition((int) v[d], d);
    return (int) access.get().getRealDouble();
  }

  private double[] stored(final Crosshair voxel) {
    final WorldAxes axes = new WorldAxes(grid.toWorld());
    final double[] v = new double[3];
    for (int w = 0; w < 3; w++)
      v[axes.voxelAxis(w)] = axes.reversed(w) ? size(w) - 1 - voxel.get(w) : voxel.get(w);
    return v;
  }
}
