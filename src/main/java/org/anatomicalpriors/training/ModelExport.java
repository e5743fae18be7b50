package org.anatomicalpriors.training;

import java.io.IOException;
import java.nio.file.Path;
import org.anatomicalpriors.model.AnatomicalPrior;

/** Where a training writes a model that is asked for before its end. */
@FunctionalInterface
public interface ModelExport {

  /**
   * Writes the model.
   *
   * @param step number of the step after which it had these weights
   * @return the file
   */
  Path write(AnatomicalPrior model, long step) throws IOException;
}
