package org.anatomicalpriors.fiji;

import ij.ImagePlus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.io.ImagePlusImages;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.tensorflow.TemporaryFolder;

/**
 * Values for a job in which images of ImageJ and imglib2, alone or in lists, have become files.
 * These are in a temporary folder until this is closed. The spacing of imglib2 images is the value
 * {@code voxel_size}.
 */
final class GivenFiles implements AutoCloseable {

  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, String> voxelSize = new HashMap<>();
  private Progress progress;
  private boolean sized; // voxel_size was of use
  private TemporaryFolder folder;

  /**
   * @param progress told what had to be assumed
   */
  GivenFiles(final Map<String, ?> given, final Progress progress) {
    this.progress = progress;
    final String key = ImageParameters.VOXEL_SIZE.name();
    final Object size = given.containsKey(key) ? given.get(key) : given.get(key.replace('-', '_'));
    if (size != null) voxelSize.put(key, size.toString());
    try {
      given.forEach((name, value) -> values.put(name, withFiles(value)));
      if (sized) values.keySet().removeIf(name -> name.replace('_', '-').equals(key));
    } catch (final RuntimeException e) {
      close();
      throw e;
    }
  }

  Map<String, Object> values() {
    return values;
  }

  private Object withFiles(final Object value) {
    if (value instanceof ImagePlus) return file((ImagePlus) value);
    if (value instanceof RandomAccessibleInterval) return file((RandomAccessibleInterval<?>) value);
    if (value instanceof Object[]) return withFiles(List.of((Object[]) value));
    if (!(value instanceof Collection)) return value;
    final List<Object> items = new ArrayList<>();
    for (final Object item : (Collection<?>) value) items.add(withFiles(item));
    return items;
  }

  private Path file(final ImagePlus image) {
    return file(image.getTitle(), ImagePlusImages.copyOf(image, image.getTitle(), Progress.NONE));
  }

  private Path file(final RandomAccessibleInterval<?> image) {
    final Settings settings = Settings.of(ImageParameters.ofImage()).withTexts(voxelSize);
    final InputImage input = new Inputs(settings, false, progress).open(image);
    progress = Progress.NONE; // once is enough
    sized = true;
    return file(input.name(), input.volume(0));
  }

  private Path file(final String title, final SpatialImage<? extends RealType<?>> image) {
    if (folder == null) folder = new TemporaryFolder();
    final String plain =
        title
            .replaceFirst("(?i)\\.(nii(\\.gz)?|tiff?)$", "")
            .replaceAll("[^\\p{L}\\p{N}._ -]", "_");
    String name = plain;
    for (int i = 2; !names.add(name); i++) name = plain + "-" + i;
    final Path file = folder.path().resolve(name + ".nii");
    Images.save(image, file);
    return file;
  }

  @Override
  public void close() {
    if (folder != null) folder.close();
  }
}
