package org.anatomicalpriors.command;

import java.io.IOException;
import java.net.URL;
import org.anatomicalpriors.progress.Progress;
import org.scijava.command.Command;
import org.scijava.platform.PlatformService;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Opens the user guide in the browser; prints its address where there is no screen. */
@Plugin(
    type = Command.class,
    headless = true,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "Segmentation"),
      @Menu(label = "Anatomical Priors"),
      @Menu(label = "Help", weight = 13)
    },
    description =
        "Opens the user guide in the browser; prints its address where there is no screen.")
public final class HelpCommand extends CoreCommand {

  static final String GUIDE =
      "https://github.com/anatomical-priors/anatomical-priors/blob/main/docs/user-guide.md";

  @Parameter private PlatformService platformService;

  @Override
  protected void work(final Progress progress) throws IOException {
    log().info("The user guide is at " + GUIDE);
    if (hasScreen()) platformService.open(new URL(GUIDE));
  }
}
