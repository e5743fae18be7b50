package org.anatomicalpriors.batch;

import java.util.List;
import org.anatomicalpriors.settings.Setting;

/** How many images are worked through. */
public final class BatchSettings {

  public static final Setting<Boolean> REDO =
      Setting.flag(
              "redo",
              false,
              "Segment all images anew. Without it, an image is skipped whose results are there and were made from the same file by the same model, settings and version, so that work which was stopped goes on where it was.")
          .ofOneRun();

  public static final List<Setting<?>> ALL = List.of(REDO);

  private BatchSettings() {}
}
