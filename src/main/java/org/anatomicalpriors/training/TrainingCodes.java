package org.anatomicalpriors.training;

import java.util.ArrayList;
import java.util.List;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.ShapeSpace;
import org.anatomicalpriors.progress.Progress;

/** What a prior says of the label maps that it learned from. */
final class TrainingCodes {

  private static final String STAGE = "Measuring the training maps";

  private TrainingCodes() {}

  /**
   * The leading axes of the mean codes q(z|s) of the training maps, as they are (neither deformed
   * nor flipped).
   *
   * @throws org.anatomicalpriors.progress.CancelledException if stopped on request
   */
  static ShapeSpace of(
      final AnatomicalPrior prior,
      final PriorData data,
      final int threads,
      final Progress progress) {
    final List<float[]> codes = new ArrayList<>();
    for (final TrainingMap map : data.training) {
      progress.checkCancelled();
      progress.update(STAGE, codes.size(), data.training.size(), map.name());
      codes.add(prior.encode(data.onGrid(map, threads, progress)).mean());
    }
    progress.update(STAGE, codes.size(), codes.size(), "");
    return ShapeSpace.of(codes);
  }
}
