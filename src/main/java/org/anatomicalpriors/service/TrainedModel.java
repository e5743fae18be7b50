package org.anatomicalpriors.service;

import java.io.File;
import java.util.Map;

/** A prior or segmenter that was opened. Holds native memory: close it when done. */
public interface TrainedModel extends AutoCloseable {

  /** The file it was opened from. */
  File file();

  /** Whether it was trained on images, not on label maps alone. */
  boolean isSegmenter();

  /** Names of the labels by id, in the order of the posteriors' volumes. */
  Map<Integer, String> labels();

  /** What {@code Model Info...} shows. */
  String summary();

  /**
   * Refuses further work, and frees the memory as soon as work that is under way on other threads
   * has ended.
   */
  @Override
  void close();
}
