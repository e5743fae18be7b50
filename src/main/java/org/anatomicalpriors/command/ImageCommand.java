package org.anatomicalpriors.command;

import ij.ImagePlus;
import ij.measure.ResultsTable;
import java.io.File;
import java.util.List;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.service.Backend;
import org.anatomicalpriors.service.SegmentedImage;
import org.anatomicalpriors.service.TrainedModel;
import org.anatomicalpriors.settings.Setting;
import org.scijava.ItemIO;
import org.scijava.plugin.Parameter;

/** A command that segments one image in memory. */
public abstract class ImageCommand extends CoreCommand {

  @Parameter(type = ItemIO.OUTPUT)
  private ImagePlus labels;

  @Parameter(type = ItemIO.OUTPUT)
  private ImagePlus posteriors;

  @Parameter(type = ItemIO.OUTPUT)
  private ImagePlus uncertainty;

  @Parameter(type = ItemIO.OUTPUT)
  private ImagePlus biasField;

  @Parameter(type = ItemIO.OUTPUT)
  private ImagePlus corrected;

  @Parameter(type = ItemIO.OUTPUT)
  private ResultsTable volumes;

  @Override
  protected final List<Setting<?>> settings(final Backend backend) {
    return backend.imageSettings();
  }

  /** Segments with an open model. */
  protected abstract SegmentedImage segment(TrainedModel opened, Progress progress);

  /** The image over which outlines are drawn, or null. */
  protected abstract ImagePlus image();

  @Override
  protected final void work(final Progress progress) {
    require(values().get("model"), "model");
    try (TrainedModel opened = load(values().get("model"), progress)) {
      final SegmentedImage result = segment(opened, progress);
      if (isAsked("posteriors")) posteriors = result.posteriors();
      if (isAsked("uncertainty")) uncertainty = result.uncertainty();
      if (isAsked("bias-field")) {
        biasField = result.biasField();
        corrected = result.corrected();
      }
      if (isAsked("outlines") && image() != null) Outlining.draw(image(), result.outlines());
      volumes = Tables.of(result.volumes(), hasScreen());
      final Object folder = values().get("output");
      if (folder != null && !folder.toString().isEmpty()) result.save(new File(folder.toString()));
      labels = result.labels();
    }
  }

  private boolean isAsked(final String flag) {
    return Boolean.TRUE.equals(values().get(flag));
  }
}
