package org.anatomicalpriors.accuracy;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.Subject;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;

/** An image, its other channels and its true label map, which only the measuring reads. */
final class Case {

  private final Path image;
  private final Path truth;
  private final List<Path> channels;
  private final UnaryOperator<Affine> header;

  private Case(
      final Path image,
      final Path truth,
      final List<Path> channels,
      final UnaryOperator<Affine> header) {
    this.image = image;
    this.truth = truth;
    this.channels = List.copyOf(channels);
    this.header = header;
  }

  static Case of(final Path image, final Path truth) {
    return new Case(image, truth, List.of(), a -> a);
  }

  /** The same with other channels. */
  Case with(final List<Path> others) {
    return new Case(image, truth, others, header);
  }

  /** The same voxels with headers that put them elsewhere: {@code moved} after the world. */
  Case moved(final Affine moved) {
    return new Case(image, truth, channels, moved::after);
  }

  /** The name by which a table calls it. */
  String name() {
    return Images.baseName(image);
  }

  Path file() {
    return image;
  }

  SpatialImage<? extends RealType<?>> image() {
    return opened(image);
  }

  /** What there is to segment. */
  Subject subject() {
    Subject subject = Subject.of(image());
    for (final Path channel : channels) subject = subject.with(opened(channel), Progress.NONE);
    return subject;
  }

  SpatialImage<? extends RealType<?>> truth() {
    return opened(truth);
  }

  private SpatialImage<? extends RealType<?>> opened(final Path file) {
    return placed(Images.open(file, Progress.NONE));
  }

  private <T extends RealType<T>> SpatialImage<T> placed(final SpatialImage<?> image) {
    @SuppressWarnings("unchecked") // only the grid changes
    final SpatialImage<T> typed = (SpatialImage<T>) image;
    final Grid grid = image.grid();
    return new SpatialImage<>(
        typed.voxels(),
        new Grid(grid.size(), header.apply(grid.toWorld()), grid.unit()),
        image.name());
  }
}
