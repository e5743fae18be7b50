package org.anatomicalpriors.picture;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.space.SpatialImage;

/**
 * Slices through one subject: a row for each plane, several slices spread over the labels. The
 * patient's left is on the left; voxels have their true proportions.
 */
public final class Montage {

  private final LabelColours colours;
  private final PictureOptions options;

  public Montage(final LabelColours colours, final PictureOptions options) {
    this.colours = colours;
    this.options = options;
  }

  /**
   * The labels' outlines over the grey image.
   *
   * @throws org.anatomicalpriors.InvalidInputException if the two differ in size
   */
  public BufferedImage outlined(
      final SpatialImage<? extends RealType<?>> image,
      final SpatialImage<? extends RealType<?>> labels) {
    return render(new RasImage(image), new RasImage(labels));
  }

  /** The labels alone, filled. */
  public BufferedImage filled(final SpatialImage<? extends RealType<?>> labels) {
    return render(null, new RasImage(labels));
  }

  private BufferedImage render(final RasImage image, final RasImage labels) {
    final Slicing slicing =
        new Slicing(
            List.of(labels), image == null ? List.of() : List.of(image), options.tileSize());
    final Set<Integer> drawn = new TreeSet<>();
    final SlicePainter painter = new SlicePainter(slicing, new LabelPainter(colours, drawn));
    final List<Plane> planes = options.planes(labels);
    final GreyWindow window = image == null ? null : window(image, planes, slicing);
    final Sheet sheet = new Sheet(options.title(), List.of());
    for (final Plane plane : planes) {
      final List<Tile> tiles = new ArrayList<>();
      for (final int position : slicing.positions(plane, options.slices()))
        tiles.add(
            new Tile(
                painter.paint(image, window, labels, plane, position),
                caption(labels, plane, position),
                tiles.isEmpty() ? plane : null));
      sheet.addRow("", tiles);
    }
    return sheet.render(options.hasLegend() ? colours.legend(drawn) : Map.of());
  }

  private GreyWindow window(final RasImage image, final List<Plane> planes, final Slicing slicing) {
    final List<Slice> slices = new ArrayList<>();
    for (final Plane plane : planes)
      for (final int position : slicing.positions(plane, options.slices()))
        slices.add(image.slice(plane, position, slicing.shown()));
    return GreyWindow.of(slices);
  }

  private static String caption(final RasImage labels, final Plane plane, final int position) {
    if (labels.grid().is2D()) return "";
    return String.format(
        Locale.ROOT,
        labels.spacing(plane.through()) < 0.1 ? "%s = %.3f %s" : "%s = %.1f %s",
        plane.throughName(),
        labels.coordinate(plane, position),
        labels.grid().unit());
  }
}
