package org.anatomicalpriors.command;

import static org.anatomicalpriors.fiji.FijiStudy.dice;
import static org.anatomicalpriors.fiji.FijiStudy.prior;
import static org.anatomicalpriors.fiji.FijiStudy.truth;
import static org.anatomicalpriors.fiji.FijiStudy.values;
import static org.anatomicalpriors.fiji.FijiStudy.volume;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import ij.ImagePlus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.module.Module;

class RefineCommandTest {

  private static final int PLANE = 18 * 18;
  private static final byte[] TRUTH = values(truth(1));

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

  private static final int IMAGES = 3;

  /** Structures of nearly the same grey in strong noise, whose intensities estimation confuses. */
  private static ImagePlus unclear() {
    return unclear(3);
  }

  private static ImagePlus unclear(final long seed) {
    final double[] means = {30, 40, 50, 45};
    final SplittableRandom random = new SplittableRandom(seed);
    final ImagePlus image = volume(1);
    for (int v = 0; v < TRUTH.length; v++) {
      final double noise = random.nextDouble() + random.nextDouble() - 1;
      image
          .getStack()
          .getProcessor(v / PLANE + 1)
          .setf(v % PLANE, (float) (means[TRUTH[v]] + 30 * noise));
    }
    return image;
  }

  /** Some voxels of each structure, as a person would dab them. */
  private static ImagePlus picked(final int every) {
    final ImagePlus labels = truth(1);
    for (int v = 0; v < TRUTH.length; v++)
      if (v % every != 0) labels.getStack().getProcessor(v / PLANE + 1).set(v % PLANE, 0);
    labels.setTitle("picks");
    return labels;
  }

  private static Module refine(final Object... inputs) {
    return fiji.run(RefineCommand.class, inputs);
  }

  @Test
  void theLabelsMoveTowardsThePicks() {
    double before = 0;
    final double[] after = new double[2];
    // Of a single image chance decides: of eight tried, picks cost one 0.06.
    for (int seed = 1; seed <= IMAGES; seed++) {
      final Module alone =
          fiji.run(SegmentImageCommand.class, "image", unclear(seed), "model", prior().toFile());
      before += dice(values(Fiji.image(alone, "labels")), TRUTH) / IMAGES;
      for (int i = 0; i < 2; i++) {
        final Module refined =
            refine(
                "image",
                unclear(seed),
                "picked",
                picked(i == 0 ? 2 : 5),
                "model",
                prior().toFile());
        after[i] += dice(values(Fiji.image(refined, "labels")), TRUTH) / IMAGES;
        assertEquals("toy1-labels", Fiji.image(refined, "labels").getTitle());
      }
    }
    for (final double a : after)
      assertTrue(a > before + 0.01, before + " without, " + a + " with picked voxels");
  }

  @Test
  void intensitiesAreThoseOfThePicksAndPosteriorsFollow() throws Exception {
    final ImagePlus image = unclear();
    final Module refined =
        refine(
            "image",
            image,
            "picked",
            picked(5),
            "model",
            prior().toString(),
            "posteriors",
            true,
            "output",
            folder.toString());
    double sum = 0;
    int count = 0;
    for (int v = 0; v < TRUTH.length; v += 5)
      if (TRUTH[v] == 2) {
        sum += image.getStack().getProcessor(v / PLANE + 1).getf(v % PLANE);
        count++;
      }
    double mean = Double.NaN;
    for (final JsonElement e :
        JsonParser.parseString(Files.readString(folder.resolve("toy1.json")))
            .getAsJsonObject()
            .getAsJsonObject("report")
            .getAsJsonArray("intensities"))
      if (e.getAsJsonObject().get("group").getAsString().equals("label 2"))
        mean = e.getAsJsonObject().get("mean").getAsDouble();
    assertEquals(sum / count, mean, 1e-2);
    final ImagePlus posteriors = Fiji.image(refined, "posteriors");
    final byte[] labels = values(Fiji.image(refined, "labels"));
    for (int v = 0; v < TRUTH.length; v++) {
      float best = 0;
      int label = 0;
      for (int l = 0; l < 4; l++) {
        final int index = posteriors.getStackIndex(l + 1, v / PLANE + 1, 1);
        final float p = posteriors.getStack().getProcessor(index).getf(v % PLANE);
        if (p > best) {
          best = p;
          label = l;
        }
      }
      assertEquals(labels[v], label);
    }
    assertTrue(image.getOverlay().size() > 0, "outlines");
  }

  @Test
  void otherPicksGiveOtherLabels() {
    final ImagePlus swapped = picked(5);
    for (int v = 0; v < TRUTH.length; v += 5)
      if (TRUTH[v] > 1) swapped.getStack().getProcessor(v / PLANE + 1).set(v % PLANE, 5 - TRUTH[v]);
    final Module right = refine("image", volume(1), "picked", picked(5), "model", prior().toFile());
    final Module wrong = refine("image", volume(1), "picked", swapped, "model", prior().toFile());
    assertFalse(
        Arrays.equals(values(Fiji.image(right, "labels")), values(Fiji.image(wrong, "labels"))));
    assertTrue(
        dice(values(Fiji.image(right, "labels")), TRUTH)
            > dice(values(Fiji.image(wrong, "labels")), TRUTH));
  }

  @Test
  void whatIsMissingIsSaid() {
    for (final Object[][] given :
        new Object[][][] {
          {
            {"picked", picked(5), "model", prior().toFile()}, {"No image to segment anew was given"}
          },
          {
            {"image", volume(1), "model", prior().toFile()}, {"No image of picked labels was given"}
          },
          {{"image", volume(1), "picked", picked(5)}, {"No model was given"}},
          {
            {"image", volume(1), "picked", truth(1).crop("1-3"), "model", prior().toFile()},
            {"give labels on the image's own voxels"}
          },
        })
      assertTrue(
          assertThrows(Failure.class, () -> refine(given[0]))
              .getMessage()
              .contains((String) given[1][0]),
          (String) given[1][0]);
  }
}
