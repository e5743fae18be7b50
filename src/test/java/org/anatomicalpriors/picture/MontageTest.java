package org.anatomicalpriors.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.labels.Label;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MontageTest {

  private static final int RED = 0xff0000, GREEN = 0x00ff00, BLUE = 0x0000ff;
  private static final LabelColours COLOURS =
      LabelColours.forIds(
          new LabelSet(
              List.of(
                  label(0, "background", 0),
                  label(1, "left", RED),
                  label(2, "right", GREEN),
                  label(3, "front", BLUE))));
  private static final PictureOptions ONE_AXIAL =
      new PictureOptions().tileSize(200).slices(1).planes(Plane.AXIAL).withoutLegend();

  @BeforeAll
  static void noScreen() {
    System.setProperty("java.awt.headless", "true");
  }

  private static Label label(final int id, final String name, final int rgb) {
    return new Label(id, name, rgb, List.of(id), name, id);
  }

  private static Grid ras(final int... size) {
    return Grid.centred(size, new double[] {1, 1, 2}, new double[3], "mm");
  }

  /** Left half 1, right half 2, the frontmost quarter 3, filling the grid. */
  private static SpatialImage<IntType> labels(final Grid grid) {
    final RandomAccessibleInterval<IntType> voxels =
        ArrayImgs.ints(grid.size(0), grid.size(1), grid.size(2));
    for (int z = 0; z < grid.size(2); z++)
      for (int y = 0; y < grid.size(1); y++)
        for (int x = 0; x < grid.size(0); x++)
          voxels.getAt(x, y, z).set(4 * y >= 3 * grid.size(1) ? 3 : 2 * x < grid.size(0) ? 1 : 2);
    return new SpatialImage<>(voxels, grid, "labels");
  }

  private static SpatialImage<FloatType> ramp(final Grid grid) {
    final float[] values = new float[grid.voxelCount()];
    for (int i = 0; i < values.length; i++) values[i] = 100 + i % grid.size(0);
    return new SpatialImage<>(
        ArrayImgs.floats(values, grid.size(0), grid.size(1), grid.size(2)), grid, "image");
  }

  /** Stores the same anatomy with axes to the left, to the bottom and to the front (L-I-A). */
  private static SpatialImage<IntType> storedAsLia(final SpatialImage<IntType> map) {
    final Grid g = map.grid();
    final RandomAccessibleInterval<IntType> lia =
        Views.zeroMin(Views.permute(Views.invertAxis(Views.invertAxis(map.voxels(), 0), 2), 1, 2));
    final double[] spacing = g.spacing();
    final double[] corner = g.toWorld().apply(g.size(0) - 1, 0, g.size(2) - 1);
    final Affine toWorld =
        Affine.ofRows(
            new double[] {-spacing[0], 0, 0, corner[0]},
            new double[] {0, 0, spacing[1], corner[1]},
            new double[] {0, -spacing[2], 0, corner[2]});
    final int[] size = {g.size(0), g.size(2), g.size(1)};
    return new SpatialImage<>(lia, new Grid(size, toWorld, "mm"), "labels");
  }

  private static int rgb(final BufferedImage picture, final double x, final double y) {
    return picture.getRGB(
            (int) (x * (picture.getWidth() - 1)), (int) (y * (picture.getHeight() - 1)))
        & 0xffffff;
  }

  private static int[] pixels(final BufferedImage picture) {
    return picture.getRGB(
        0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
  }

  private static long count(final BufferedImage picture, final int colour) {
    long n = 0;
    for (final int p : pixels(picture)) if ((p & 0xffffff) == colour) n++;
    return n;
  }

  @Test
  void patientsLeftIsOnTheLeftAndFrontIsUp() {
    final BufferedImage picture = new Montage(COLOURS, ONE_AXIAL).filled(labels(ras(20, 20, 10)));
    assertEquals(RED, rgb(picture, 0.25, 0.6));
    assertEquals(GREEN, rgb(picture, 0.75, 0.6));
    assertEquals(BLUE, rgb(picture, 0.5, 0.12));
    // 200 x 200 pixels of tile, a quarter of them blue.
    assertEquals(10000, count(picture, BLUE), 300);
  }

  @Test
  void storageOrderDoesNotChangeThePicture() {
    final SpatialImage<IntType> stored = labels(ras(20, 16, 12));
    final Montage montage =
        new Montage(COLOURS, new PictureOptions().title("same").slices(2).tileSize(80));
    assertArrayEquals(pixels(montage.filled(stored)), pixels(montage.filled(storedAsLia(stored))));
  }

  @Test
  void voxelsAreShownWithTheirTrueProportions() {
    // 20 x 20 x 10 voxels of 1 x 1 x 2 mm: a cube, so all planes give square tiles.
    final PictureOptions options = new PictureOptions().tileSize(100).slices(1).withoutLegend();
    final SpatialImage<IntType> cube = labels(ras(20, 20, 10));
    final int axial = new Montage(COLOURS, options.planes(Plane.AXIAL)).filled(cube).getHeight();
    for (final Plane plane : Plane.values())
      assertEquals(axial, new Montage(COLOURS, options.planes(plane)).filled(cube).getHeight());
    final long front =
        count(new Montage(COLOURS, options.planes(Plane.SAGITTAL)).filled(cube), BLUE);
    assertEquals(2500, front, 200);
  }

  @Test
  void outlinesRunAlongBoundariesAndLeaveTheImageFree() {
    final Grid grid = ras(20, 20, 10);
    final BufferedImage picture =
        new Montage(COLOURS, ONE_AXIAL).outlined(ramp(grid), labels(grid));
    final long red = count(picture, RED), green = count(picture, GREEN);
    // The left label's rim: 150 pixels along the middle and 100 along the front label, 1 to 2 wide.
    assertTrue(red > 200 && red < 600, red + " red pixels");
    assertTrue(green > 200 && green < 600, green + " green pixels");
    final int inside = rgb(picture, 0.25, 0.6);
    assertEquals(inside & 255, inside >> 8 & 255);
    assertEquals(inside & 255, inside >> 16 & 255);
    // The ramp brightens to the right.
    assertTrue((rgb(picture, 0.8, 0.7) & 255) > (rgb(picture, 0.2, 0.7) & 255));
  }

  @Test
  void legendNamesOnlyWhatIsShown() {
    final SpatialImage<IntType> map = labels(ras(20, 20, 10));
    final int without = new Montage(COLOURS, ONE_AXIAL).filled(map).getHeight();
    final BufferedImage with =
        new Montage(COLOURS, new PictureOptions().tileSize(200).slices(1).planes(Plane.AXIAL))
            .filled(map);
    assertTrue(with.getHeight() > without);
    assertEquals(List.of("left"), List.copyOf(COLOURS.legend(Set.of(1)).keySet()));
  }

  @Test
  void aSliceIsShownOnceInItsOwnPlane() {
    final Grid slice = ras(20, 20, 1);
    assertEquals(List.of(Plane.AXIAL), Plane.of(slice));
    final Grid frontal =
        new Grid(
            new int[] {20, 20, 1},
            Affine.ofRows(
                new double[] {1, 0, 0, 0}, new double[] {0, 0, -1, 0}, new double[] {0, 1, 0, 0}),
            "mm");
    assertEquals(List.of(Plane.CORONAL), Plane.of(frontal));
    final BufferedImage picture =
        new Montage(COLOURS, new PictureOptions().tileSize(200).withoutLegend())
            .outlined(ramp(slice), labels(slice));
    assertEquals(200 + 2 * SheetStyle.MARGIN, picture.getWidth());
  }

  @Test
  void anEmptyMapStillMakesAPicture() {
    final Grid grid = ras(20, 20, 10);
    final SpatialImage<IntType> empty = labels(grid);
    empty.voxels().forEach(t -> t.set(0));
    assertEquals(0, count(new Montage(COLOURS, ONE_AXIAL).filled(empty), RED));
  }

  @Test
  void differentSizesAreRefused() {
    final InvalidInputException e =
        assertThrows(
            InvalidInputException.class,
            () ->
                new Montage(COLOURS, ONE_AXIAL)
                    .outlined(ramp(ras(20, 20, 9)), labels(ras(20, 20, 10))));
    assertTrue(
        e.getMessage().startsWith("image (") && e.getMessage().contains("resample"),
        e.getMessage());
  }

  @Test
  void galleryAndComparisonShowEveryPanel() {
    final Grid grid = ras(20, 20, 10);
    final Panel panel = Panel.filled(labels(grid), "Dice 1.00");
    final PictureOptions options = ONE_AXIAL.tileSize(100);
    final long one = count(new LabelGallery(COLOURS, options).render(List.of(panel), 1), BLUE);
    final BufferedImage five =
        new LabelGallery(COLOURS, options).render(List.of(panel, panel, panel, panel, panel), 3);
    assertEquals(5 * one, count(five, BLUE), one / 10);
    final BufferedImage comparison =
        new Comparison(COLOURS, options, "image", "truth", "ours")
            .row("a", Panel.image(ramp(grid)), panel, Panel.outlined(ramp(grid), labels(grid), ""))
            .row("b", Panel.image(ramp(grid)), panel, panel)
            .render();
    assertTrue(count(comparison, BLUE) > 3 * one);
    assertThrows(
        IllegalArgumentException.class,
        () -> new Comparison(COLOURS, options, "image").row("a", panel, panel));
  }

  @Test
  void pngHoldsThePicture(@TempDir final Path folder) throws Exception {
    final BufferedImage picture = new Montage(COLOURS, ONE_AXIAL).filled(labels(ras(20, 20, 10)));
    final Path file = folder.resolve("picture.png");
    PngFiles.write(picture, file);
    PngFiles.write(picture, file);
    assertArrayEquals(pixels(picture), pixels(ImageIO.read(file.toFile())));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.collect(Collectors.toList()));
    }
  }

  @Test
  void curvesAreDrawnInTheirColours() {
    final BufferedImage picture =
        new LossCurves()
            .add("training", List.of(1L, 2L, 3L, 4L), List.of(5.0, 3.0, Double.NaN, 2.0))
            .add("validation", List.of(1L, 2L, 3L, 4L), List.of(6.0, 4.0, 3.5, 3.4))
            .render("Prior", "loss (nats per voxel)", 500, 320);
    assertTrue(count(picture, 0x1f5fa8) > 100);
    assertTrue(count(picture, 0xd0662b) > 100);
  }
}
