package org.anatomicalpriors.fiji;

import ij.ImagePlus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anatomicalpriors.io.ImagePlusImages;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.tensorflow.TemporaryFolder;

/**
 * Values for a job in which images of ImageJ, alone or in lists, have become files. These are in a
 * temporary folder until this is closed.
 */
final class GivenFiles implements AutoCloseable {

  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Set<String> names = new HashSet<>();
  private TemporaryFolder folder;

  GivenFiles(final Map<String, ?> given) {
    try {
      given.forEach((name, value) -> values.put(name, withFiles(value)));
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
    if (value instanceof Object[]) return withFiles(List.of((Object[]) value));
    if (!(value instanceof Collection)) return value;
    final List<Object> items = new ArrayList<>();
    for (final Object item : (Collection<?>) value) items.add(withFiles(item));
    return items;
  }

  private Path file(final ImagePlus image) {
    if (folder == null) folder = new TemporaryFolder();
    final String plain =
        image
            .getTitle()
            .replaceFirst("(?i)\\.(nii(\\.gz)?|tiff?)$", "")
            .replaceAll("[^\\p{L}\\p{N}._ -]", "_");
    String name = plain;
    for (int i = 2; !names.add(name); i++) name = plain + "-" + i;
    final Path file = folder.path().resolve(name + ".nii");
    Images.save(ImagePlusImages.copyOf(image, image.getTitle(), Progress.NONE), file);
    return file;
  }

  @Override
  public void close() {
    if (folder != null) folder.close();
  }
}
