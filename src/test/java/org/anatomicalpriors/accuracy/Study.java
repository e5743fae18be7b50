package org.anatomicalpriors.accuracy;

import java.io.IOException;
import org.anatomicalpriors.job.ResultTable;

/** One question, and the table that answers it. */
@FunctionalInterface
interface Study {

  /** Measures. */
  ResultTable run(Bench bench) throws IOException;
}
