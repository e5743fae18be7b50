package org.anatomicalpriors.command;

import java.io.File;
import java.util.List;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.service.Backend;
import org.anatomicalpriors.service.TrainedModel;
import org.anatomicalpriors.settings.Setting;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Opens a window with sliders for the leading directions of a prior's anatomy. */
@Plugin(
    type = Command.class,
    headless = true,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "Segmentation"),
      @Menu(label = "Anatomical Priors"),
      @Menu(label = "Explore Prior...", weight = 6)
    },
    description = "Opens a window with sliders for the leading directions of a prior's anatomy.")
public final class ExploreCommand extends CoreCommand {

  @Parameter(
      required = false,
      persist = false,
      style = "open",
      description = "Prior (or segmenter) to explore, such as brain.zip; needed.")
  private File prior;

  @Override
  protected List<Setting<?>> settings(final Backend backend) {
    return backend.machineSettings();
  }

  @Override
  protected void work(final Progress progress) {
    require(prior, "prior");
    if (!hasScreen())
      throw new InvalidInputException(
          "Exploring a prior needs a screen; run Draw Samples... where there is none.");
    final TrainedModel model = load(prior, progress); // the window closes it
    try {
      backend().explore(model);
    } catch (final RuntimeException e) {
      model.close();
      throw e;
    }
  }
}
