package org.anatomicalpriors.segmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.model.ImageVector;
import org.junit.jupiter.api.Test;

class IntensityScaleTest {

  private static String refusal(final float... voxels) {
    return assertThrows(InvalidInputException.class, () -> IntensityScale.of(voxels, "scan.nii"))
        .getMessage();
  }

  @Test
  void imagesWithoutContrastAreRefused() {
    assertEquals(
        "scan.nii has the value 7.0 everywhere; give an image with contrast.",
        refusal(7, 7, Float.NaN, 7));
    final String nothing = "scan.nii holds no finite value; give an image with contrast.";
    assertEquals(nothing, refusal(Float.NaN, Float.NaN));
    assertEquals(nothing, refusal(Float.NaN, Float.POSITIVE_INFINITY));
    assertEquals(nothing, refusal());
  }

  @Test
  void theRobustRangeIsAboutZeroToOneAndBackIsTheSame() {
    final float[] x = new float[2000];
    for (int i = 0; i < 1000; i++) x[i] = 200 + i; // the other half is padding, 0
    x[3] = 1e9f;
    final IntensityScale scale = IntensityScale.of(x, "scan");
    final ImageVector v = ImageVector.of(x, scale.offset(), scale.scale());
    assertEquals(0, v.values()[10], 0.02);
    assertEquals(1, v.values()[990], 0.02);
    for (final int i : new int[] {0, 500, 1500})
      assertEquals(x[i], scale.toImage(v.values()[i]), 0.01);
    assertEquals(
        scale.toImage(0.3) - scale.toImage(0.1), scale.deviationToImage(0.04), 1e-9, "sd 0.2");
  }

  @Test
  void twoValuesAreContrastEnough() {
    final float[] x = new float[100];
    Arrays.fill(x, 0, 3, 5f);
    final IntensityScale scale = IntensityScale.of(x, "mask");
    final ImageVector v = ImageVector.of(x, scale.offset(), scale.scale());
    assertEquals(1, v.values()[0] - v.values()[50], 1e-6);
  }

  @Test
  void onlyFewAndFarVoxelsAreLimited() {
    final float[] x = new float[20_000];
    for (int i = 0; i < x.length; i++) x[i] = i < 8000 ? 0 : 100 + i % 100; // padding first
    for (int i = 9000; i < 9030; i++) x[i] = 5000; // a small bright structure, not limited
    final float[] hot = x.clone();
    hot[10_000] = 1e30f;
    hot[10_001] = -1e30f;
    hot[10_002] = Float.NaN;
    hot[10_003] = Float.POSITIVE_INFINITY;
    IntensityScale.of(hot, "scan").limit(hot);
    for (int i = 0; i < x.length; i++)
      if (i < 10_000 || i > 10_003) assertEquals(x[i], hot[i], "voxel " + i);
    assertEquals(15_000, hot[10_000], "the range of nearly all, 0 to 5000, twice beyond");
    assertEquals(-10_000, hot[10_001]);
    assertEquals(Float.NaN, hot[10_002]);
    assertEquals(Float.POSITIVE_INFINITY, hot[10_003]);
  }

  @Test
  void whereNearlyAllVoxelsAreAlikeTheOthersStay() {
    final float[] x = new float[20_000];
    x[7] = 3;
    x[8] = 900;
    final float[] limited = x.clone();
    IntensityScale.of(x, "specks").limit(limited);
    assertArrayEquals(x, limited);
  }

  @Test
  void valuesThatSinglePrecisionTakesForAlikeAreRefused() {
    final float[] x = new float[1000];
    for (int i = 0; i < x.length; i++) x[i] = 1e9f + 64 * (i % 40);
    final String message = refusal(x);
    assertTrue(message.startsWith("scan.nii has values from 1.00000006"), message);
    assertTrue(message.contains("; subtract the lowest from all of them."), message);
    for (int i = 0; i < x.length; i++) x[i] = 1e9f + 64 * (i % 80);
    IntensityScale.of(x, "scan.nii");
  }
}
