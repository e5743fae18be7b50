package org.anatomicalpriors.command;

import static org.anatomicalpriors.fiji.FijiStudy.truth;
import static org.anatomicalpriors.fiji.FijiStudy.volume;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.WindowManager;
import ij.io.FileSaver;
import ij.measure.ResultsTable;
import ij.text.TextWindow;
import java.awt.Frame;
import java.awt.Window;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.ui.Screen;
import org.scijava.Cancelable;
import org.scijava.command.CommandModule;
import org.scijava.module.Module;

/** Runs commands where there is a screen: the segmentation of an open image, and a training. */
public final class SegmentScene {

  private SegmentScene() {}

  public static void main(final String[] arguments) throws Exception {
    final Path folder = Path.of(arguments[1]);
    try (Fiji fiji = new Fiji()) {
      Seen.install(fiji.context);
      segment(fiji, new File(arguments[0]));
      train(fiji, folder);
    }
  }

  private static void segment(final Fiji fiji, final File model) {
    final ImagePlus image = volume(1);
    show(image, 100);
    final Module module = fiji.run(SegmentImageCommand.class, "image", image, "model", model);
    final ResultsTable volumes = (ResultsTable) module.getOutput("volumes");
    final TextWindow table =
        Screen.onEventThread(() -> (TextWindow) WindowManager.getFrame("toy1-volumes"));
    assertEquals(volumes.size(), table.getTextPanel().getLineCount());
    assertTrue(table.getTextPanel().getLine(1).contains("label 2"));
    assertTrue(image.getOverlay().size() > 0);
    show(Fiji.image(module, "labels"), 520);
    Screen.onEventThread(
        () -> {
          table.setLocation(100, 600);
          table.setSize(720, 200);
          return null;
        });
    Screen.screenshot(image.getWindow(), "segment-image");
    Screen.screenshot(Fiji.image(module, "labels").getWindow(), "segment-labels");
    Screen.screenshot(table, "segment-volumes");
    final Module refused = fiji.run(SegmentImageCommand.class, "image", image);
    final Cancelable cancelled = (Cancelable) refused.getDelegateObject();
    assertTrue(cancelled.isCanceled(), "where a person sees it, a failure cancels");
    assertTrue(cancelled.getCancelReason().startsWith("No model was given"));
  }

  private static void show(final ImagePlus image, final int x) {
    Screen.onEventThread(
        () -> {
          image.setSlice(image.getStackSize() / 2);
          image.show();
          image.getWindow().setLocation(x, 100);
          while (image.getCanvas().getMagnification() < 16) image.getCanvas().zoomIn(0, 0);
          return null;
        });
  }

  private static void train(final Fiji fiji, final Path folder) throws Exception {
    final Path maps = Files.createDirectory(folder.resolve("maps"));
    for (int i = 0; i < 5; i++) new FileSaver(truth(i)).saveAsTiff(maps + "/toy" + i + ".tif");
    final Path output = folder.resolve("prior.zip");
    final Future<CommandModule> training =
        fiji.start(
            TrainPriorCommand.class,
            "labels",
            maps.toFile(),
            "output",
            output.toFile(),
            "channels",
            "4,4",
            "spacing",
            1,
            "align",
            false,
            "steps",
            1_000_000,
            "checkpoint_every",
            5);
    Screen.await("the training's window", () -> window() != null);
    final Window window = Screen.onEventThread(SegmentScene::window);
    Screen.await("a step", () -> Screen.button(window, "Finish now").isEnabled());
    Screen.click(Screen.button(window, "Finish now"));
    assertFalse(((Cancelable) training.get().getDelegateObject()).isCanceled());
    assertEquals(4, ModelBundle.describe(output).labels().size());
  }

  private static Window window() {
    return Stream.of(Frame.getFrames())
        .filter(f -> f.isShowing() && f.getTitle().equals("Training prior.zip"))
        .findFirst()
        .orElse(null);
  }
}
