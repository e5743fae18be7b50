package org.anatomicalpriors.benchmark;

import java.nio.file.Path;
import org.anatomicalpriors.job.ResultTable;

/** Part of what is measured, with a table of its own. */
@FunctionalInterface
interface Part {

  /**
   * Measures it.
   *
   * @param folder for files that it needs, empty
   */
  ResultTable measure(Path folder) throws Exception;
}
