package org.anatomicalpriors.accuracy;

import java.io.IOException;
import org.anatomicalpriors.job.ResultTable;

/** One question, and the table that answers it. */
interface Study {

  /** A word by which it is run alone, and which marks its place in the document. */
  String name();

  /** Measures. */
  ResultTable run(Bench bench) throws IOException;
}
