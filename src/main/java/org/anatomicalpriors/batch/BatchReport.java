package org.anatomicalpriors.batch;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What became of the images of a batch. */
public final class BatchReport {

  private final int segmented;
  private final int skipped;
  private final Map<Path, Throwable> failures;

  BatchReport(final int segmented, final int skipped, final Map<Path, Throwable> failures) {
    this.segmented = segmented;
    this.skipped = skipped;
    this.failures = Collections.unmodifiableMap(new TreeMap<>(failures));
  }

  /** Number of images that were segmented now. */
  public int segmented() {
    return segmented;
  }

  /** Number of images whose results were there already, or were made by another process. */
  public int skipped() {
    return skipped;
  }

  /** Files that could not be segmented, and why; see {@link FailureSentence}. */
  public Map<Path, Throwable> failures() {
    return failures;
  }

  /** For people to read. */
  @Override
  public String toString() {
    return segmented
        + (segmented == 1 ? " image was segmented" : " images were segmented")
        + (skipped == 0 ? "" : ", " + skipped + (skipped == 1 ? " was" : " were") + " done already")
        + (failures.isEmpty() ? "" : ", " + failures.size() + " failed")
        + ".";
  }
}
