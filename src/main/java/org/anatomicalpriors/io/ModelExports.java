package org.anatomicalpriors.io;

import java.nio.file.Path;
import java.util.Locale;
import org.anatomicalpriors.training.ModelExport;

/** Files for models that are written while their training goes on. */
public final class ModelExports {

  private ModelExports() {}

  /** Writes model files beside the training's output, named as {@link #file} says. */
  public static ModelExport beside(final Path output) {
    return (model, step) -> {
      final Path file = file(output, step);
      ModelBundle.save(model, file);
      return file;
    };
  }

  /** Such as {@code brain-step-001200.zip} for {@code brain.zip}. */
  public static Path file(final Path output, final long step) {
    final String name = output.getFileName().toString().replaceFirst("\\.zip$", "");
    return output.resolveSibling(String.format(Locale.ROOT, "%s-step-%06d.zip", name, step));
  }
}
