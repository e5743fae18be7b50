package org.anatomicalpriors.ui;

import org.anatomicalpriors.model.ShapePoint;

/** What the explorer tells its window; all on the event thread. */
interface ExplorerListener {

  /**
   * Another anatomy was chosen; its picture follows.
   *
   * @param walking whether on the way between two label maps
   */
  void chosen(ShapePoint point, boolean walking);

  /** An anatomy was computed. */
  void shown(ExplorerFrame frame);

  /** The axes are other ones now. */
  void axesChanged();

  /** Two maps are there to walk between, or ({@code null}) none. */
  void morphing(Morph morph);

  /** A longer task goes on; {@code total} is 0 if its length is unknown. */
  void working(String stage, long done, long total);

  /** The longer task has ended. */
  void idle();

  /** Something to read: one sentence. */
  void told(String sentence, boolean isTrouble);
}
