package org.anatomicalpriors.robustness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Work that may be killed at any moment and started again. */
interface Scenario {

  /** As tables name it. */
  String name();

  /** What runs. */
  Class<?> main();

  /**
   * @param folder of this run, new for the first start and as it was left for all others
   */
  List<String> arguments(Path folder);

  /**
   * What it has made, by name, to be compared with an undisturbed run: no times, nothing that may
   * differ.
   */
  Map<String, String> results(Path folder) throws IOException;
}
