package org.anatomicalpriors.training;

import java.util.ArrayList;
import java.util.List;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.ShapeSpace;
import org.anatomicalpriors.progress.Progress;

/** What a prior says of the label maps that it learned from. */
final class TrainingCodes {

  private static final String STAGE = "Measuring the training maps";

  /**
   * More maps than this are not measured, but so many of them at equal distances: the standard
   * deviations of this many are known to 4 %, and the axes' cost is that of their third power.
   */
  private static final int MOST = 256;

  private TrainingCodes() {}

  /**
   * The leading axes of the mean codes q(z|s) of the training maps, or of {@value #MOST} of them,
   * as they are (neither deformed nor flipped).
   *
   * @throws org.anatomicalpriors.progress.CancelledException if stopped on request
   */
  static ShapeSpace of(
      final AnatomicalPrior prior,
      final PriorData data,
      final int threads,
      final Progress progress) {
    final int all = data.training.size(), count = Math.min(all, MOST);
    final List<float[]> codes = new ArrayList<>();
    while (codes.size() < count) {
      final StoredMap map = data.training.get(codes.size() * all / count);
      progress.checkCancelled();
      progress.update(STAGE, codes.size(), count, map.name());
      codes.add(prior.encode(data.onGrid(map, threads, progress)).mean());
    }
    progress.update(STAGE, codes.size(), codes.size(), "");
    return ShapeSpace.of(codes);
  }
}
