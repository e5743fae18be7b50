package org.anatomicalpriors.ui;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.swing.JSlider;
import javax.swing.JTable;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.AnatomySampler;
import org.anatomicalpriors.model.ShapePoint;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;
import org.anatomicalpriors.tensorflow.TestEngine;

/** Opens an explorer on a toy prior and clicks through it. */
public final class ExplorerScene {

  private final ExplorerStage stage;
  private final AnatomySampler sampler;

  private ExplorerScene(final AnatomicalPrior prior, final Path folder) {
    stage = new ExplorerStage(prior, "toy.zip", folder);
    sampler = new AnatomySampler(prior);
  }

  public static void main(final String[] arguments) throws Exception {
    final AnatomicalPrior prior = ModelBundle.open(Path.of(arguments[1]), TestEngine.get());
    final Path folder = Path.of(arguments[2]);
    switch (arguments[0]) {
      case "move":
        new ExplorerScene(prior, folder).move();
        break;
      case "maps":
        new ExplorerScene(prior, folder).maps();
        break;
      case "save":
        new ExplorerScene(prior, folder).save();
        break;
      case "fine":
        new ExplorerScene(prior, folder).fine();
        break;
      default:
        // As from a file that was written before axes were kept.
        new ExplorerScene(
                AnatomicalPrior.of(prior.description(), prior.weights(), prior.engine()), folder)
            .findAxes();
    }
  }

  /** Volume of each structure as the table shows it. */
  private double[] volumes() {
    final JTable table = Screen.named(stage.window, JTable.class, "volumes");
    return Screen.onEventThread(
        () -> {
          final double[] v = new double[table.getRowCount()];
          for (int r = 0; r < v.length; r++) v[r] = (Double) table.getModel().getValueAt(r, 1);
          return v;
        });
  }

  /** Volumes of a code, counted without anything of the explorer. */
  private double[] counted(final float[] code) {
    final float[] ids = VoxelRows.toFloats(sampler.decode(code, "counted").voxels());
    final double[] volumes = new double[3];
    for (final float id : ids) if (id > 0) volumes[(int) id - 1]++;
    for (int l = 0; l < 3; l++) volumes[l] *= stage.prior.description().grid().voxelVolume();
    return volumes;
  }

  private float[] code() {
    return Screen.onEventThread(() -> stage.explorer().point().code());
  }

  private int[] picture() {
    return Screen.onEventThread(
        () -> {
          final BufferedImage p = stage.explorer().frame().picture;
          return p.getRGB(0, 0, p.getWidth(), p.getHeight(), null, 0, p.getWidth());
        });
  }

  private void move() throws Exception {
    final double[] mean = volumes();
    assertArrayEquals(counted(stage.explorer().space().mean()), mean, 1e-9);
    final int[] before = picture();
    Screen.screenshot(stage.window, "explorer-toy");
    final JSlider slider = stage.slider("axis 1");
    Screen.drag(slider, 0.5, 0.75);
    stage.settle();
    final double moved = Screen.onEventThread(() -> stage.explorer().point().coordinate(0));
    assertTrue(moved > 1 && moved < 2, "moved to " + moved);
    assertEquals(slider.getValue() / 100.0, moved, 1e-9);
    assertArrayEquals(stage.prior.shapes().orElseThrow().code(moved), code(), 1e-4f);
    assertArrayEquals(counted(code()), volumes(), 1e-9);
    assertFalse(Arrays.equals(mean, volumes()), "volumes change");
    assertFalse(Arrays.equals(before, picture()), "the picture changes");
    Screen.screenshot(stage.window, "explorer-moved");
    final double[] crosshair = place();
    Screen.click(stage.view(), 0.2, 0.3);
    stage.settle();
    assertFalse(Arrays.equals(crosshair, place()), "the cross-hair follows a click");
    stage.click(ExplorerButtons.RESET);
    stage.settle();
    assertEquals(0, slider.getValue());
    assertArrayEquals(mean, volumes(), 1e-9);
    for (int seed = 1; seed <= 2; seed++) {
      stage.click(ExplorerButtons.RANDOM);
      stage.settle();
      final float[] drawn = code();
      assertArrayEquals(sampler.code(seed, 0), drawn, 0);
      assertArrayEquals(counted(drawn), volumes(), 1e-9);
      assertEquals("Random sample, seed " + seed, title());
    }
    Screen.screenshot(stage.window, "explorer-random");
    stage.close();
    Screen.await("the worker's thread has ended", () -> !hasWorker());
    assertTrue(Files.notExists(stage.prior.savedModel()), "the model's files are gone");
  }

  private static boolean hasWorker() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(t -> t.getName().equals(Explorer.WORKER));
  }

  private String title() {
    return Screen.onEventThread(() -> stage.explorer().frame().question.lines.get(0));
  }

  private double[] place() {
    return Screen.onEventThread(
        () -> stage.explorer().frame().view.world(stage.explorer().frame().crosshair));
  }

  private float[] encoded(final Path map) {
    return sampler.encode(Images.open(map, Progress.NONE), Progress.NONE);
  }

  private void maps() {
    stage.files.willChoose(stage.map(1));
    stage.click(ExplorerButtons.ENCODE);
    Screen.await("the map's code", () -> stage.explorer().point() != null && title("toy1"));
    stage.settle();
    assertArrayEquals(encoded(stage.map(1)), code(), 1e-6f);
    final float[] kept = code();

    final Path foreign = stage.foreignMap();
    stage.files.willChoose(foreign);
    stage.click(ExplorerButtons.ENCODE);
    final String refusal = ExplorerStage.refusal(() -> encoded(foreign));
    stage.awaitMessage(refusal);
    assertArrayEquals(kept, code(), 0, "a refused map changes nothing");
    Screen.screenshot(stage.window, "explorer-refused");

    stage.files.willChoose(stage.map(0), stage.map(3));
    stage.click(ExplorerButtons.MORPH);
    final JSlider morph = stage.slider("morph");
    Screen.await("the morph's slider", morph::isShowing);
    stage.settle();
    assertArrayEquals(encoded(stage.map(0)), code(), 1e-6f);
    final double[] first = volumes();
    stage.set(morph, morph.getMaximum());
    assertArrayEquals(encoded(stage.map(3)), code(), 1e-6f);
    assertFalse(Arrays.equals(first, volumes()));
    stage.set(morph, morph.getMaximum() / 2);
    assertArrayEquals(
        ShapePoint.between(encoded(stage.map(0)), encoded(stage.map(3)), 0.5), code(), 1e-6f);
    Screen.screenshot(stage.window, "explorer-morph");
    stage.click(MorphBar.PLAY);
    Screen.await("it walks alone", () -> morph.getValue() > morph.getMaximum() / 2 + 8);
    stage.click(MorphBar.PAUSE);

    stage.openInImageJ(2);
    stage.click(ExplorerButtons.ENCODE);
    Screen.click(Screen.button(stage.window, "open toy"));
    Screen.await("the open image's code", () -> title("open toy"));
    assertArrayEquals(encoded(stage.map(2)), code(), 1e-6f);
  }

  /** On the event thread. */
  private boolean title(final String wanted) {
    return stage.explorer().frame().question.lines.get(0).equals(wanted);
  }

  private void save() throws Exception {
    stage.set(stage.slider("axis 2"), -150);
    final Path folder = Files.createDirectories(stage.folder.resolve("saved"));
    final Path png = folder.resolve("view.png"), nifti = folder.resolve("map.nii.gz");
    stage.files.willChoose(png, nifti, folder.resolve("none").resolve("map.nii"));
    stage.click(ExplorerButtons.SAVE_VIEW);
    stage.awaitMessage(png.toString());
    final BufferedImage picture = ImageIO.read(png.toFile());
    assertEquals(3 * stage.view().getWidth(), picture.getWidth(), 3);
    assertTrue(colours(picture) > 3);
    stage.click(ExplorerButtons.SAVE_LABELS);
    stage.awaitMessage(nifti.toString());
    final SpatialImage<? extends RealType<?>> read = Images.open(nifti, Progress.NONE);
    assertArrayEquals(
        VoxelRows.toFloats(sampler.decode(code(), "expected").voxels()),
        VoxelRows.toFloats(read.voxels()));
    final Grid grid = stage.prior.description().grid();
    assertArrayEquals(grid.size(), read.grid().size());
    assertArrayEquals(grid.toWorld().apply(1, 2, 3), read.grid().toWorld().apply(1, 2, 3), 1e-4);
    stage.click(ExplorerButtons.SAVE_LABELS);
    stage.awaitMessage("none");
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(nifti, png), left.sorted().collect(Collectors.toList()));
    }
    stage.click(ExplorerButtons.COPY);
    stage.awaitMessage("on the clipboard");
  }

  private static long colours(final BufferedImage p) {
    return Arrays.stream(p.getRGB(0, 0, p.getWidth(), p.getHeight(), null, 0, p.getWidth()))
        .distinct()
        .count();
  }

  private void findAxes() {
    assertTrue(stage.prior.shapes().isEmpty());
    Screen.screenshot(stage.window, "explorer-without-axes");
    for (int i = 0; i < 4; i++) stage.map(i);
    stage.files.willChoose(stage.folder);
    stage.click(AxisSliders.MEASURE);
    stage.awaitMessage("3 axes of 4 label maps were found.");
    stage.settle();
    assertEquals("Mean of 4 label maps", title());
    final float[] sum = new float[code().length];
    for (int i = 0; i < 4; i++) {
      final float[] z = encoded(stage.map(i));
      for (int d = 0; d < z.length; d++) sum[d] += z[d] / 4;
    }
    assertArrayEquals(sum, code(), 1e-4f);
    stage.set(stage.slider("axis 3"), 200);
    assertArrayEquals(counted(code()), volumes(), 1e-9);
    assertArrayEquals(
        stage.prior.shapes().orElseThrow().code(0, 0, 2), code(), 1e-4f, "along the third axis");
  }

  /** On a screen with two pixels for each. */
  private void fine() {
    final BufferedImage p = stage.explorer().frame().picture;
    assertEquals(2 * stage.view().getWidth(), p.getWidth());
    stage.set(stage.slider("axis 1"), -200);
    Screen.screenshot(stage.window, "explorer-fine");
  }
}
