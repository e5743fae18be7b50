package org.anatomicalpriors.service;

import static org.anatomicalpriors.fiji.FijiStudy.flatPrior;
import static org.anatomicalpriors.fiji.FijiStudy.prior;
import static org.anatomicalpriors.fiji.FijiStudy.segmented;
import static org.anatomicalpriors.fiji.FijiStudy.truth;
import static org.anatomicalpriors.fiji.FijiStudy.values;
import static org.anatomicalpriors.fiji.FijiStudy.volume;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ImageProcessor;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedIntType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.fiji.FijiStudy;
import org.anatomicalpriors.io.ImagePlusImages;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;

class PriorServiceTest {

  private static Context context;
  private static AnatomicalPriorService priors;
  private static TrainedModel model;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    context = new Context();
    priors = context.service(AnatomicalPriorService.class);
    model = priors.load(prior(), Map.of("device", "cpu", "threads", 2));
  }

  @AfterAll
  static void end() {
    context.dispose();
    assertTrue(
        assertThrows(InvalidInputException.class, () -> priors.segment(model, volume(1)))
            .getMessage()
            .contains("was closed already"));
  }

  private static RandomAccessibleInterval<FloatType> voxels(final ImagePlus image, final int n) {
    final int plane = image.getWidth() * image.getHeight();
    final float[] values = new float[plane * image.getStackSize()];
    for (int i = 0; i < values.length; i++)
      values[i] = image.getStack().getProcessor(i / plane + 1).getf(i % plane);
    return n == 2
        ? ArrayImgs.floats(values, 18, 18)
        : ArrayImgs.floats(values, 18, 18, image.getStackSize());
  }

  private static byte[] bytes(final RandomAccessibleInterval<UnsignedIntType> ids) {
    final byte[] values = new byte[(int) Views.iterable(ids).size()];
    int i = 0;
    for (final UnsignedIntType t : Views.flatIterable(ids)) values[i++] = (byte) t.get();
    return values;
  }

  @Test
  void aModelTellsWhatItIs() {
    assertFalse(model.isSegmenter());
    assertEquals(Set.of(0, 1, 2, 3), model.labels().keySet());
    assertEquals("label 2", model.labels().get(2));
    assertEquals(prior().toFile(), model.file());
    assertTrue(model.summary().contains("20 x 18 x 16 voxels"), model.summary());
    assertEquals(model, priors.load(model));
  }

  @Test
  void imagesOfEveryKindGiveTheSameLabels() throws Exception {
    final byte[] expected = segmented(prior(), volume(1));
    assertArrayEquals(expected, values(priors.segment(model, volume(1)).labels()));
    // Its voxels alone lie elsewhere in the world, but alignment finds them.
    final SegmentedImage plain =
        priors.segment(model, voxels(volume(1), 3), Map.of("voxel_size", "1 mm"));
    assertTrue(FijiStudy.dice(bytes(plain.labelIds()), values(truth(1))) > 0.6);
    assertEquals(3, plain.labelIds().numDimensions());
    final Path file = folder.resolve("scan.tif");
    new ij.io.FileSaver(volume(1)).saveAsTiff(file.toString());
    for (final Object given : new Object[] {file, file.toFile(), file.toString()})
      assertArrayEquals(expected, bytes(priors.segment(model, given).labelIds()));
  }

  @Test
  void posteriorMapsAgreeWithTheImage() {
    final SegmentedImage result = priors.segment(model, volume(2));
    final RandomAccessibleInterval<FloatType> maps = result.posteriorMaps();
    assertArrayEquals(new long[] {18, 18, 12, 4}, maps.dimensionsAsLongArray());
    final ImagePlus image = result.posteriors();
    final RandomAccess<FloatType> at = maps.randomAccess();
    at.setPosition(new int[] {7, 9, 5, 2});
    assertEquals(
        image.getStack().getProcessor(image.getStackIndex(3, 6, 1)).getf(7, 9), at.get().get());
  }

  @Test
  void aSliceKeepsItsTwoAxes() {
    try (TrainedModel flat = priors.load(flatPrior())) {
      final SegmentedImage result =
          priors.segment(flat, voxels(FijiStudy.slice(1), 2), Map.of("voxel_size", "1 mm"));
      assertEquals(2, result.labelIds().numDimensions());
      assertArrayEquals(new long[] {18, 18, 4}, result.posteriorMaps().dimensionsAsLongArray());
    }
  }

  @Test
  void pickedVoxelsRuleTheIntensities() {
    final ImagePlus picked = truth(1);
    final SegmentedImage refined = priors.refine(model, volume(1), picked, Map.of());
    assertTrue(FijiStudy.dice(values(refined.labels()), values(picked)) > 0.7);
    final SpatialImage<? extends RealType<?>> map =
        ImagePlusImages.copyOf(volume(1), "scan", Progress.NONE);
    final float[] x = VoxelRows.toFloats(map.voxels());
    final byte[] labels = values(picked);
    double sum = 0;
    int count = 0;
    for (int v = 0; v < x.length; v++)
      if (labels[v] == 2) {
        sum += x[v];
        count++;
      }
    double found = Double.NaN;
    for (final JsonElement e :
        JsonParser.parseString(refined.report())
            .getAsJsonObject()
            .getAsJsonObject("report")
            .getAsJsonArray("intensities"))
      if (e.getAsJsonObject().get("group").getAsString().equals("label 2"))
        found = e.getAsJsonObject().get("mean").getAsDouble();
    assertEquals(sum / count, found, 1e-2 * Math.abs(sum / count));
  }

  @Test
  void aMaskIsAnImageOrAFile() throws IOException {
    final ImagePlus image = volume(1);
    final ImagePlus mask = image.duplicate();
    mask.setTitle("mask");
    mask.setCalibration(null); // as of one that was drawn
    final byte[] whole = values(priors.segment(model, image).labels());
    final int slice = image.getWidth() * image.getHeight();
    for (int z = 1; z <= image.getStackSize(); z++) {
      final ImageProcessor p = mask.getStack().getProcessor(z);
      p.setColor(z <= 4 ? 0 : 1);
      p.fill();
    }
    final byte[] masked = values(priors.segment(model, image, Map.of("mask", mask)).labels());
    int cut = 0;
    for (int v = 0; v < 4 * slice; v++) {
      assertEquals(0, masked[v]);
      if (whole[v] != 0) cut++;
    }
    assertTrue(cut > 0, "the mask cuts nothing");
    final Path file = folder.resolve("mask.tif");
    new FileSaver(mask).saveAsTiff(file.toString());
    assertArrayEquals(
        masked, values(priors.segment(model, image, Map.of("mask", file.toFile())).labels()));
    for (final Object given : List.of(mask, file)) {
      priors.segment(model, image, Map.of("mask", given)).save(folder.resolve("masked").toFile());
      final JsonObject input =
          JsonParser.parseString(Files.readString(folder.resolve("masked/toy1.json")))
              .getAsJsonObject()
              .getAsJsonObject("input");
      assertEquals(
          given == mask ? "mask-0.nii" : "mask.tif",
          input.getAsJsonObject("mask").get("name").getAsString());
    }
    final ImagePlus two = FijiStudy.hyperstack(1, List.of(mask, mask));
    final String refusal =
        assertThrows(
                InvalidInputException.class,
                () -> priors.segment(model, image, Map.of("mask", two)))
            .getMessage();
    assertTrue(refusal.contains("The mask has 2 time points and the image 1"), refusal);
  }

  @Test
  void theReportTellsHowItWasMade() {
    final ImagePlus image = volume(1);
    final JsonObject report =
        JsonParser.parseString(priors.segment(model, image, Map.of("refine", 2)).report())
            .getAsJsonObject();
    assertEquals("2", report.getAsJsonObject("settings").get("refine").getAsString());
    assertEquals(64, report.getAsJsonObject("model").get("sha256").getAsString().length());
    assertEquals(
        "the image's own", report.getAsJsonObject("image").get("calibration").getAsString());
    assertTrue(report.getAsJsonObject("report").has("intensities"));
  }

  @Test
  void resultsAreSavedAsTheShellDoes() throws Exception {
    priors
        .segment(model, FijiStudy.hyperstack(1, List.of(volume(1), volume(2))))
        .save(folder.resolve("new").toFile());
    final Set<String> names = new TreeSet<>();
    Files.list(folder.resolve("new")).forEach(f -> names.add(f.getFileName().toString()));
    assertTrue(
        names.containsAll(
            List.of("hyper-t001-labels.nii.gz", "hyper-t002-montage.png", "hyper-t002.json")),
        names.toString());
    final ResultTable scores =
        priors.evaluate(
            folder.resolve("new/hyper-t002-labels.nii.gz"),
            priors.segment(model, volume(2)).labels());
    for (final Object dice : scores.column("dice")) assertEquals(1.0, dice);
  }

  @Test
  void samplesAreLabelImagesAndTheSeedDecides() {
    final List<ImagePlus> first = priors.sample(model, 2, 7);
    assertArrayEquals(values(first.get(1)), values(priors.sample(model, 2, 7).get(1)));
    assertEquals("label 1", first.get(0).getProp("Label 1"));
    assertEquals("mm", first.get(0).getCalibration().getUnit());
    assertTrue(
        assertThrows(InvalidInputException.class, () -> priors.sample(model, 0, 1))
            .getMessage()
            .contains("1 or more"));
  }

  @Test
  void modelsAreTrainedFromOpenImages() {
    final File file = folder.resolve("own.zip").toFile();
    final Map<String, Object> options = new HashMap<>();
    options.put("output", file);
    options.put("steps", 5);
    options.put("channels", List.of(4, 8));
    options.put("latent_size", 2);
    options.put("spacing", 1);
    options.put("align", false);
    options.put("threads", 2);
    final TrainedModel own = priors.train(List.of(truth(1), truth(2), truth(3)), options);
    assertEquals(file, own.file());
    assertEquals(Set.of(0, 1, 2, 3), own.labels().keySet());
    options.keySet().removeAll(Set.of("channels", "latent_size", "spacing"));
    options.put("output", folder.resolve("segmenter.zip").toFile());
    final TrainedModel segmenter =
        priors.trainSegmenter(own, new ImagePlus[] {volume(1), volume(2)}, options);
    assertTrue(segmenter.isSegmenter());
    assertEquals(
        volume(1).getStackSize(), priors.segment(segmenter, volume(1)).labels().getStackSize());
    assertEquals(Set.of("own.zip", "segmenter.zip"), Set.of(folder.toFile().list()));
    options.remove("output");
    assertTrue(
        assertThrows(InvalidInputException.class, () -> priors.train(truth(1), options))
            .getMessage()
            .startsWith("No output was given; give a file to write"));
  }

  @Test
  void scoresAreThoseOfTheMaps() {
    final ResultTable same = priors.evaluate(truth(1), truth(1));
    assertEquals(List.of(1, 2, 3), same.column("id"));
    for (final Object dice : same.column("dice")) assertEquals(1.0, dice);
    final ResultTable other = priors.evaluate(truth(1), truth(2));
    assertTrue((Double) other.column("dice").get(1) < 1);
  }

  @Test
  void optionsOfScoresAreHeard() {
    final ResultTable some = priors.evaluate(truth(1), truth(2), Map.of("ignore", "1,3"));
    assertEquals(List.of(2), some.column("id"));
    assertEquals(
        some.column("dice").get(0), priors.evaluate(truth(1), truth(2)).column("dice").get(1));
    final String[] lines = some.toString().split("\n");
    assertEquals(2, lines.length);
    assertTrue(lines[0].startsWith("id\tname\tdice") && lines[1].startsWith("2\t"), lines[0]);
  }

  @Test
  void modelsAreTrainedFromImagesInMemoryAndOpened() {
    final Map<String, Object> options = new java.util.HashMap<>();
    options.put("output", folder.resolve("new.zip"));
    options.put("steps", 2);
    options.put("channels", List.of(4, 4));
    options.put("threads", 1);
    try (TrainedModel prior = priors.train(List.of(truth(1), truth(2)), options)) {
      assertFalse(prior.isSegmenter());
      assertEquals(folder.resolve("new.zip").toFile(), prior.file());
      final File output = folder.resolve("segmenter.zip").toFile();
      try (TrainedModel segmenter =
          priors.trainSegmenter(prior, volume(1), Map.of("output", output, "steps", 1))) {
        assertTrue(segmenter.isSegmenter());
        assertEquals(18 * 18 * 12, bytes(priors.segment(segmenter, volume(2)).labelIds()).length);
      }
    }
  }

  @Test
  void modelsAreTrainedFromVoxelsWhoseSpacingIsGiven() {
    final Map<String, Object> options = new HashMap<>();
    options.put("output", folder.resolve("voxels.zip"));
    options.put("steps", 2);
    options.put("channels", List.of(4, 4));
    options.put("threads", 1);
    options.put("voxel_size", "2x2x3 mm");
    final List<?> maps = List.of(voxels(truth(1), 3), voxels(truth(2), 3));
    try (TrainedModel prior = priors.train(maps, options)) {
      final ImagePlus drawn = priors.sample(prior, 1, 1).get(0);
      assertEquals("mm", drawn.getCalibration().getUnit());
      assertEquals(Math.cbrt(2 * 2 * 3), drawn.getCalibration().pixelWidth, 1e-6);
    }
    assertTrue(
        assertThrows(InvalidInputException.class, () -> priors.train(truth(1), options))
            .getMessage()
            .contains("There is no setting \"voxel"),
        "stacks have a spacing of their own");
  }

  @Test
  void aJobThatFailsInPartDoesTheRestAndThrows() throws Exception {
    final Path scans = Files.createDirectory(folder.resolve("scans"));
    Files.writeString(scans.resolve("a.tif"), "no image");
    new ij.io.FileSaver(volume(1)).saveAsTiff(scans.resolve("b.tif").toString());
    final Map<String, Path> values =
        Map.of("model", prior(), "images", scans, "output", folder.resolve("out"));
    assertTrue(
        assertThrows(InvalidInputException.class, () -> priors.run("segment", values))
            .getMessage()
            .contains("a.tif"));
    assertTrue(Files.isRegularFile(folder.resolve("out/b-labels.nii.gz")));
    assertTrue(
        assertThrows(InvalidInputException.class, () -> priors.run("segmnt", values))
            .getMessage()
            .contains("There is no job \"segmnt\""));
  }

  @Test
  void whatCannotBeUsedIsSaid() {
    for (final Object[] wrong :
        new Object[][] {
          {null, "Nothing was given as image"},
          {42, "An object of java.lang.Integer was given"},
          {ArrayImgs.floats(2, 2, 2, 2), "of 4 dimensions"},
          {new File("missing.nii.gz"), "does not exist"},
          {"notes.txt", "notes.txt"},
        }) {
      final String message =
          assertThrows(InvalidInputException.class, () -> priors.segment(model, wrong[0]))
              .getMessage();
      assertTrue(message.contains((String) wrong[1]), message);
    }
    assertTrue(
        assertThrows(
                InvalidInputException.class,
                () -> priors.segment(model, volume(1), Map.of("refnie", 3)))
            .getMessage()
            .contains("There is no setting \"refnie\"; known are"));
    assertTrue(
        assertThrows(
                InvalidInputException.class,
                () -> priors.segment(model, volume(1), Map.of("voxel_size", "big")))
            .getMessage()
            .contains("1x1x1.5 mm"));
    assertTrue(
        assertThrows(InvalidInputException.class, () -> priors.load(null))
            .getMessage()
            .contains("No model was given"));
  }
}
