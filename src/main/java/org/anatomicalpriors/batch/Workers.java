package org.anatomicalpriors.batch;

import org.anatomicalpriors.progress.Progress;

/** Who segments the images of a batch that are not done yet: threads, or other processes. */
public interface Workers {

  /**
   * Works through all images; returns when it is known what became of each.
   *
   * @param work which images, and where to tell what became of them
   * @throws org.anatomicalpriors.progress.CancelledException if stopped on request; what was done
   *     stays
   */
  void segment(BatchWork work, Progress progress);
}
