package org.anatomicalpriors.command;

import static org.anatomicalpriors.fiji.FijiStudy.dice;
import static org.anatomicalpriors.fiji.FijiStudy.hyperstack;
import static org.anatomicalpriors.fiji.FijiStudy.prior;
import static org.anatomicalpriors.fiji.FijiStudy.segmented;
import static org.anatomicalpriors.fiji.FijiStudy.truth;
import static org.anatomicalpriors.fiji.FijiStudy.values;
import static org.anatomicalpriors.fiji.FijiStudy.volume;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.io.FileSaver;
import ij.measure.Calibration;
import ij.measure.ResultsTable;
import ij.process.StackConverter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.imglib2.img.array.ArrayImgs;
import org.anatomicalpriors.fiji.FijiStudy;
import org.anatomicalpriors.files.UserCache;
import org.anatomicalpriors.io.ImagePlusImages;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.module.Module;

class SegmentImageCommandTest {

  private static final int PLANE = 18 * 18;
  private static Fiji fiji;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    fiji = new Fiji();
  }

  @AfterAll
  static void end() {
    fiji.close();
  }

  private static Module segment(final Object... inputs) {
    final Object[] all = Arrays.copyOf(inputs, inputs.length + 2);
    all[inputs.length] = "threads";
    all[inputs.length + 1] = 2;
    return fiji.run(SegmentImageCommand.class, all);
  }

  private static String failure(final Object... inputs) {
    return assertThrows(Failure.class, () -> segment(inputs)).getMessage();
  }

  @Test
  void theLabelsAreThoseOfTheCoreAndLookLikeTheLabelSet() {
    final ImagePlus image = volume(1);
    image.setTitle("subject.nii.gz");
    image.getCalibration().pixelDepth = 1;
    final Module module = segment("image", image, "model", prior().toString());
    final ImagePlus labels = Fiji.image(module, "labels");
    assertArrayEquals(segmented(prior(), image), values(labels));
    assertTrue(dice(values(labels), values(truth(1))) > 0.7);
    assertEquals("subject-labels", labels.getTitle());
    assertEquals(8, labels.getBitDepth());
    assertEquals(image.getCalibration().pixelWidth, labels.getCalibration().pixelWidth);
    assertEquals(image.getCalibration().xOrigin, labels.getCalibration().xOrigin);
    assertEquals("mm", labels.getCalibration().getUnit());
    assertEquals("label 2", labels.getProp("Label 2"));
    assertTrue(labels.getInfoProperty().contains("2\tlabel 2\t#"));
    assertEquals(0, labels.getLuts()[0].getRGB(0) & 0xffffff);
    final Set<Integer> colours = new TreeSet<>();
    for (int id = 0; id < 4; id++) colours.add(labels.getLuts()[0].getRGB(id));
    assertEquals(4, colours.size());
    assertEquals(255, labels.getDisplayRangeMax());
    assertNull(module.getOutput("posteriors"));
    assertNull(module.getOutput("uncertainty"));
    assertNull(module.getOutput("biasField"));
    assertNull(module.getOutput("corrected"));
  }

  @Test
  void theVolumesAreThoseOfTheVoxels() {
    final ImagePlus image = volume(2);
    final Module module = segment("image", image, "model", prior().toFile());
    final ResultsTable volumes = (ResultsTable) module.getOutput("volumes");
    final byte[] labels = values(Fiji.image(module, "labels"));
    assertEquals(3, volumes.size());
    for (int row = 0; row < 3; row++) {
      final int id = (int) volumes.getValue("id", row);
      int count = 0;
      for (final byte l : labels) if (l == id) count++;
      assertEquals(count, volumes.getValue("volume", row), 1e-6);
      assertEquals("mm^3", volumes.getStringValue("unit", row));
      assertTrue(volumes.getValue("confidence", row) > 0.5);
    }
  }

  @Test
  void outlinesHoldExactlyTheLabelsOfTheirSlice() {
    final ImagePlus image = volume(3);
    final Module module = segment("image", image, "model", prior().toString());
    final byte[] labels = values(Fiji.image(module, "labels"));
    final Overlay overlay = image.getOverlay();
    final byte[] drawn = new byte[labels.length];
    for (final Roi roi : overlay) {
      final int z = roi.getPosition() - 1;
      final byte id = Byte.parseByte(roi.getProperty("label"));
      assertEquals("label " + id, roi.getName());
      assertEquals(
          Fiji.image(module, "labels").getLuts()[0].getRGB(id), roi.getStrokeColor().getRGB());
      for (final java.awt.Point p : roi.getContainedPoints())
        drawn[z * PLANE + p.y * 18 + p.x] = id;
    }
    assertArrayEquals(labels, drawn);
    final ImagePlus plain = volume(3);
    segment("image", plain, "model", prior().toString(), "outlines", false);
    assertNull(plain.getOverlay());
  }

  @Test
  void biasFieldTimesTheCorrectedImageIsTheImage() {
    final ImagePlus image = volume(1);
    final Module module = segment("image", image, "model", prior().toString(), "bias_field", true);
    final ImagePlus bias = Fiji.image(module, "biasField");
    final ImagePlus corrected = Fiji.image(module, "corrected");
    assertEquals(image.getStackSize(), bias.getStackSize());
    assertTrue(corrected.getTitle().endsWith("-corrected"), corrected.getTitle());
    double least = Double.MAX_VALUE, most = 0;
    for (int z = 1; z <= image.getStackSize(); z++)
      for (int i = 0; i < PLANE; i++) {
        final float gain = bias.getStack().getProcessor(z).getf(i);
        least = Math.min(least, gain);
        most = Math.max(most, gain);
        final float value = image.getStack().getProcessor(z).getf(i);
        assertEquals(
            value,
            gain * corrected.getStack().getProcessor(z).getf(i),
            1e-4 * (1 + Math.abs(value)));
      }
    assertTrue(least > 0 && most > least, least + " to " + most);
    assertEquals(least, bias.getDisplayRangeMin(), 1e-6);
    final Module without =
        segment("image", volume(1), "model", prior().toString(), "bias_field", true, "bias", false);
    final ImagePlus flat = Fiji.image(without, "biasField");
    for (int i = 0; i < PLANE; i++) assertEquals(1, flat.getStack().getProcessor(1).getf(i));
  }

  @Test
  void posteriorsSumToOneAndAgreeWithTheLabels() {
    final Module module =
        segment(
            "image",
            volume(1),
            "model",
            prior().toString(),
            "posteriors",
            true,
            "uncertainty",
            true);
    final ImagePlus p = Fiji.image(module, "posteriors");
    final ImagePlus u = Fiji.image(module, "uncertainty");
    final byte[] labels = values(Fiji.image(module, "labels"));
    assertArrayEquals(new int[] {18, 18, 4, FijiStudy.DEPTH, 1}, p.getDimensions());
    assertEquals("label 3", p.getStack().getSliceLabel(p.getStackIndex(4, 5, 1)));
    assertEquals("background", p.getStack().getSliceLabel(p.getStackIndex(1, 5, 1)));
    double entropy = 0;
    for (int z = 0; z < FijiStudy.DEPTH; z++)
      for (int i = 0; i < PLANE; i++) {
        double sum = 0;
        int best = 0;
        final float[] q = new float[4];
        for (int c = 0; c < 4; c++) {
          q[c] = p.getStack().getProcessor(p.getStackIndex(c + 1, z + 1, 1)).getf(i);
          sum += q[c];
          if (q[c] > q[best]) best = c;
        }
        assertEquals(1, sum, 1e-4);
        assertEquals(labels[z * PLANE + i], best);
        final float h = u.getStack().getProcessor(z + 1).getf(i);
        assertTrue(h >= 0 && h <= 1);
        entropy += h;
      }
    assertTrue(entropy > 0);
    assertArrayEquals(new int[] {18, 18, 1, FijiStudy.DEPTH, 1}, u.getDimensions());
  }

  @Test
  void everyTimePointIsSegmentedByItself() {
    final ImagePlus image = hyperstack(1, List.of(volume(1), volume(4)));
    final Module module = segment("image", image, "model", prior().toString());
    final ImagePlus labels = Fiji.image(module, "labels");
    assertArrayEquals(image.getDimensions(), labels.getDimensions());
    assertEquals("c1 z3 t2", labels.getStack().getSliceLabel(labels.getStackIndex(1, 3, 2)));
    final byte[] all = values(labels);
    assertArrayEquals(
        segmented(prior(), volume(4)), Arrays.copyOfRange(all, all.length / 2, all.length));
    assertEquals(6, ((ResultsTable) module.getOutput("volumes")).size());
    final Roi last = image.getOverlay().get(image.getOverlay().size() - 1);
    assertEquals(0, last.getCPosition());
    assertEquals(2, last.getTPosition());
    assertTrue(last.getZPosition() > 0);
  }

  @Test
  void aChannelAndATimePointCanBeChosen() {
    final ImagePlus image = hyperstack(2, List.of(volume(5), volume(1), volume(2), volume(3)));
    final Module module =
        segment("image", image, "model", prior().toString(), "channel", 2, "frame", 2);
    assertArrayEquals(segmented(prior(), volume(3)), values(Fiji.image(module, "labels")));
    assertTrue(
        failure("image", image, "model", prior())
            .contains("give the channel to segment, or several, 1 to 2."));
    assertTrue(
        failure("image", image, "model", prior(), "channel", 3)
            .contains("channel 3 was given, but hyper.tif has 2 channels"));
    assertTrue(
        failure("image", image, "model", prior(), "channel", 1, "frame", 9)
            .contains("give 1 to 2."));
  }

  @Test
  void severalChannelsAreSegmentedTogether() {
    final ImagePlus image = hyperstack(2, List.of(volume(5), volume(1), volume(2), volume(3)));
    final Module module =
        segment("image", image, "model", prior().toString(), "channel", "2,1", "frame", 2);
    final byte[] both = values(Fiji.image(module, "labels"));
    assertFalse(Arrays.equals(segmented(prior(), volume(3)), both), "the second alone");
    final Module whole =
        segment("image", image, "model", prior().toString(), "channel", "1,2", "bias_field", true);
    final ImagePlus field = Fiji.image(whole, "biasField");
    assertEquals(2, field.getNChannels());
    assertEquals(2, field.getNFrames());
    assertEquals(2, Fiji.image(whole, "corrected").getNChannels());
    assertTrue(
        failure("image", image, "model", prior(), "channel", "1,1")
            .contains("The channels 1,1 were given"));
    assertTrue(
        failure("image", image, "model", prior(), "channel", "0,1")
            .contains("channel 0 was given"));
  }

  @Test
  void zeroIsTheOnlyChannel() {
    final Module module = segment("image", volume(2), "model", prior().toString(), "channel", 0);
    assertArrayEquals(segmented(prior(), volume(2)), values(Fiji.image(module, "labels")));
  }

  @Test
  void theRecordNamesWhatAFileWasSegmentedFrom() throws IOException {
    final Path file = folder.resolve("stained.tif"), results = folder.resolve("results");
    new FileSaver(hyperstack(2, List.of(volume(5), volume(1), volume(2), volume(3))))
        .saveAsTiffStack(file.toString());
    segment(
        "file",
        file.toString(),
        "model",
        prior().toString(),
        "channel",
        "2,1",
        "frame",
        2,
        "output",
        results.toString());
    final List<Path> records;
    try (Stream<Path> all = Files.list(results)) {
      records = all.filter(f -> f.toString().endsWith(".json")).collect(Collectors.toList());
    }
    assertEquals(1, records.size());
    final String record = Files.readString(records.get(0));
    assertTrue(record.contains("stained.tif (channel 2) (frame 2)"), record);
    assertTrue(record.contains("stained.tif (channel 1) (frame 2)"), record);
  }

  @Test
  void slicesThatPassForTimePointsAreNotMisread() {
    final ImagePlus image = volume(1);
    image.setDimensions(1, 1, FijiStudy.DEPTH);
    assertTrue(
        failure("image", image, "model", prior())
            .contains("if its frames are slices in truth, correct that under Image > Properties."));
    image.setDimensions(FijiStudy.DEPTH, 1, 1);
    assertTrue(failure("image", image, "model", prior()).contains("if its channels are slices"));
  }

  @Test
  void aFileIsSegmentedInThePlaceOfTheImage() {
    final Path file = folder.resolve("scan.tif");
    new FileSaver(volume(2)).saveAsTiff(file.toString());
    final Module module = segment("file", file.toString(), "model", prior().toString());
    assertArrayEquals(segmented(prior(), volume(2)), values(Fiji.image(module, "labels")));
    assertEquals("scan-labels", Fiji.image(module, "labels").getTitle());
  }

  @Test
  void slicesAreSegmentedWithAModelOfSlices() {
    final ImagePlus image = FijiStudy.slice(1);
    final Module module = segment("image", image, "model", FijiStudy.flatPrior().toString());
    assertArrayEquals(
        segmented(FijiStudy.flatPrior(), image), values(Fiji.image(module, "labels")));
    assertEquals("mm^2", ((ResultsTable) module.getOutput("volumes")).getStringValue("unit", 0));
    assertTrue(image.getOverlay().size() >= 3);
    final ImagePlus series = hyperstack(1, List.of(FijiStudy.slice(1), FijiStudy.slice(2)));
    final Module looped = segment("image", series, "model", FijiStudy.flatPrior().toString());
    assertArrayEquals(new int[] {18, 18, 1, 1, 2}, Fiji.image(looped, "labels").getDimensions());
  }

  @Test
  void whatCannotBeUsedIsSaidInASentence() {
    assertEquals(
        "No model was given; open or choose one and run the command again.",
        failure("image", volume(1)));
    assertEquals(
        "No image to segment was given; open or choose one and run the command again.",
        failure("model", prior()));
    final ImagePlus colour = volume(1);
    new StackConverter(colour).convertToRGB();
    assertTrue(failure("image", colour, "model", prior()).contains("is a colour image"));
    assertTrue(
        failure("image", volume(1), "model", folder.resolve("no.zip").toString())
            .contains("There is no model file"));
    assertTrue(
        failure("file", folder.resolve("no.nii").toString(), "model", prior())
            .contains("does not exist"));
    final ImagePlus bare = volume(1);
    bare.setCalibration(null);
    assertTrue(
        failure("image", bare, "model", prior()).contains("is in pixel and the model in mm"));
    assertEquals(
        "There is no input \"modle\"; correct its name.",
        failure("image", volume(1), "modle", prior()));
    assertTrue(
        failure("image", volume(1), "model", prior(), "refine", -1)
            .contains("\"-1\" was given for refine"));
  }

  @Test
  void anUncalibratedImageTakesAVoxelSize() {
    final ImagePlus bare = volume(1);
    bare.setCalibration(null);
    final Module module =
        segment("image", bare, "model", prior().toString(), "voxel_size", "1x1x2 mm");
    final Calibration labels = Fiji.image(module, "labels").getCalibration();
    assertEquals("1.0 1.0 2.0 mm", spacing(labels));
    assertEquals("pixel", bare.getCalibration().getUnit(), "the input stays as it is");
    final ResultsTable volumes = (ResultsTable) module.getOutput("volumes");
    assertEquals("mm^3", volumes.getStringValue("unit", 0));
    assertEquals(0, volumes.getValue("volume", 0) % 2, "voxels of 2 mm^3");
  }

  private static String spacing(final Calibration c) {
    return c.pixelWidth + " " + c.pixelHeight + " " + c.pixelDepth + " " + c.getUnit();
  }

  @Test
  void aVoxelSizeKeepsTheDirectionsOfAFileAndSaysWhatItReplaces() {
    final Affine turned =
        Affine.ofRows(
            new double[] {-1, 0, 0, 9}, new double[] {0, 0, 1, -6}, new double[] {0, 1, 0, -9});
    final byte[] voxels = new byte[18 * 18 * FijiStudy.DEPTH];
    new SplittableRandom(1).nextBytes(voxels);
    final Path file = folder.resolve("turned.nii");
    Images.save(
        new SpatialImage<>(
            ArrayImgs.unsignedBytes(voxels, 18, 18, FijiStudy.DEPTH),
            new Grid(new int[] {18, 18, FijiStudy.DEPTH}, turned, "mm"),
            "turned"),
        file);
    final Path out = folder.resolve("out");
    segment(
        "file",
        file.toString(),
        "model",
        prior().toString(),
        "voxel_size",
        "2x1x1 mm",
        "align",
        false,
        "output",
        out.toString());
    final Affine made =
        Images.open(out.resolve("turned-labels.nii.gz"), Progress.NONE).grid().toWorld();
    assertTrue(made.isNear(turned.after(Affine.scale(2, 1, 1)), 1e-4), made.toString());
  }

  @Test
  void noOtherChannelOrTimePointOfAFileIsMisread() {
    final Path file = folder.resolve("one.nii");
    Images.save(ImagePlusImages.copyOf(volume(1), "one", Progress.NONE), file);
    assertEquals(
        "channel 2 was given, but one.nii has one channel and one time point; leave out channel.",
        failure("file", file.toString(), "model", prior(), "channel", 2));
    assertTrue(
        failure("file", file.toString(), "model", prior(), "frame", 3)
            .contains("leave out frame."));
  }

  @Test
  void aModelThatComesWithThePluginIsGivenByItsName() {
    final String before = System.getProperty(UserCache.VARIABLE);
    System.setProperty(UserCache.VARIABLE, folder.toString());
    try {
      final String refusal = failure("image", FijiStudy.slice(1), "model", "brain");
      assertTrue(refusal.contains("is one slice and the model was trained on volumes"), refusal);
    } finally {
      if (before == null) System.clearProperty(UserCache.VARIABLE);
      else System.setProperty(UserCache.VARIABLE, before);
    }
  }

  @Test
  void slicesAndVolumesAreNotConfused() {
    assertTrue(
        failure("image", volume(1), "model", FijiStudy.flatPrior()).contains("slice"),
        failure("image", volume(1), "model", FijiStudy.flatPrior()));
    assertTrue(
        failure("image", FijiStudy.slice(1), "model", prior()).contains("volume"),
        failure("image", FijiStudy.slice(1), "model", prior()));
  }

  @Test
  void whatAPersonDrewStaysOverTheImage() {
    final ImagePlus image = volume(1);
    image.setOverlay(new Overlay(new Roi(1, 2, 3, 4)));
    segment("image", image, "model", prior().toString());
    final int first = image.getOverlay().size();
    segment("image", image, "model", prior().toString());
    assertEquals(first, image.getOverlay().size(), "earlier outlines are replaced");
    assertEquals(new Roi(1, 2, 3, 4).getBounds(), image.getOverlay().get(0).getBounds());
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaidBeforeTheWork() throws Exception {
    final Path file = Files.createFile(folder.resolve("taken"));
    assertTrue(
        failure("image", volume(1), "model", prior(), "refine", 100_000, "output", file.toString())
            .contains("taken"));
  }
}
