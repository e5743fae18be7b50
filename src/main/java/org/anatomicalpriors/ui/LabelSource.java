package org.anatomicalpriors.ui;

import ij.ImagePlus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.io.ImagePlusImages;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.SpatialImage;

/** A label map that a person pointed at: a file or an open image. Immutable. */
final class LabelSource {

  private final String name;
  private final Function<Progress, SpatialImage<? extends RealType<?>>> loader;

  private LabelSource(
      final String name, final Function<Progress, SpatialImage<? extends RealType<?>>> loader) {
    this.name = name;
    this.loader = loader;
  }

  static LabelSource of(final Path file) {
    return new LabelSource(Images.baseName(file), progress -> Images.open(file, progress));
  }

  static LabelSource of(final ImagePlus image) {
    return new LabelSource(
        image.getTitle(), progress -> ImagePlusImages.copyOf(image, image.getTitle(), progress));
  }

  /**
   * The label maps of files and of folders.
   *
   * @throws org.anatomicalpriors.InvalidInputException if there is none
   */
  static List<LabelSource> all(final List<Path> filesAndFolders) {
    final List<LabelSource> maps = new ArrayList<>();
    for (final Path p : filesAndFolders) for (final Path file : Images.list(p)) maps.add(of(file));
    return maps;
  }

  String name() {
    return name;
  }

  /**
   * The label map.
   *
   * @throws org.anatomicalpriors.InvalidInputException if it cannot be read
   */
  SpatialImage<? extends RealType<?>> load(final Progress progress) {
    return loader.apply(progress);
  }
}
