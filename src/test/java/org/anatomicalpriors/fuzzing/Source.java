package org.anatomicalpriors.fuzzing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A reader, and damaged files for it. */
interface Source {

  String name();

  /** A damaged file; the same for the same state of {@code random}. */
  Input input(SplittableRandom random) throws IOException;

  /** Opens a file with the reader under test. */
  void read(Path file);

  /** Most bytes of memory that reading may take. */
  long mostMemory(Input input) throws IOException;
}
