package org.anatomicalpriors.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.CRC32;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;
import org.anatomicalpriors.evaluation.Evaluation;
import org.anatomicalpriors.labels.Label;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.junit.jupiter.api.Test;

class SyntheticAnatomyTest {

  /** 4 mm: an eighth of the default's voxels. */
  private static final Grid COARSE = SyntheticAnatomy.centredGrid(4);

  private static double[] voxels(final SpatialImage<? extends RealType<?>> image) {
    final double[] values = new double[image.grid().voxelCount()];
    int i = 0;
    for (final RealType<?> t : Views.flatIterable(image.voxels())) values[i++] = t.getRealDouble();
    return values;
  }

  private static int[] histogram(final SpatialImage<? extends RealType<?>> labels) {
    final int[] count = new int[256];
    for (final double v : voxels(labels)) count[(int) v]++;
    return count;
  }

  private static long checksum(final SpatialImage<? extends RealType<?>> image) {
    final CRC32 crc = new CRC32();
    for (final double v : voxels(image)) {
      final int bits = Float.floatToIntBits((float) v);
      for (int shift = 0; shift < 32; shift += 8) crc.update(bits >>> shift & 255);
    }
    return crc.getValue();
  }

  @Test
  void sameSeedAndIndexGiveTheSameVoxels() {
    final SyntheticSubject first = SyntheticAnatomy.on(COARSE, 5).subject(3);
    final SyntheticSubject again = SyntheticAnatomy.on(COARSE, 5).subject(3);
    assertArrayEquals(voxels(first.labels()), voxels(again.labels()));
    for (final Contrast contrast : Contrast.values()) {
      assertArrayEquals(voxels(first.image(contrast)), voxels(again.image(contrast)));
      assertArrayEquals(voxels(first.image(contrast)), voxels(first.image(contrast)));
    }
  }

  /** Written down once, so that another machine or Java version that differs is noticed. */
  @Test
  void voxelsAreTheSameOnEveryMachine() {
    final SyntheticSubject subject = SyntheticAnatomy.on(COARSE, 5).subject(3);
    assertEquals(343978552L, checksum(subject.labels()));
    assertEquals(2700837616L, checksum(subject.image(Contrast.T1_LIKE)));
  }

  @Test
  void otherSeedsAndIndicesGiveOtherAnatomies() {
    final double[] one = voxels(SyntheticAnatomy.on(COARSE, 5).subject(3).labels());
    assertFalse(Arrays.equals(one, voxels(SyntheticAnatomy.on(COARSE, 6).subject(3).labels())));
    assertFalse(Arrays.equals(one, voxels(SyntheticAnatomy.on(COARSE, 5).subject(4).labels())));
  }

  @Test
  void everyIndividualHasAllLabelsInsideTheGrid() {
    final SyntheticAnatomy anatomy = SyntheticAnatomy.of(11);
    for (int i = 0; i < 20; i++) {
      final SpatialImage<? extends RealType<?>> labels = anatomy.subject(i).labels();
      final int[] count = histogram(labels);
      for (int l = 0; l < anatomy.labelSet().size(); l++)
        assertTrue(count[l] >= 20, "subject " + i + ": " + count[l] + " voxels of label " + l);
      assertTrue(borderIsBackground(labels), "subject " + i + " touches the border");
    }
  }

  private static boolean borderIsBackground(final SpatialImage<? extends RealType<?>> labels) {
    final double[] v = voxels(labels);
    final Grid g = labels.grid();
    int i = 0;
    for (int z = 0; z < g.size(2); z++)
      for (int y = 0; y < g.size(1); y++)
        for (int x = 0; x < g.size(0); x++, i++) {
          final boolean border =
              x == 0
                  || y == 0
                  || z == 0
                  || x == g.size(0) - 1
                  || y == g.size(1) - 1
                  || z == g.size(2) - 1;
          if (border && v[i] != 0) return false;
        }
    return true;
  }

  @Test
  void aSliceHoldsAllLabels() {
    final SyntheticAnatomy anatomy = SyntheticAnatomy.slice(2);
    for (int i = 0; i < 20; i++) {
      final int[] count = histogram(anatomy.subject(i).labels());
      for (int l = 0; l < anatomy.labelSet().size(); l++)
        assertTrue(count[l] >= 2, "subject " + i + ": " + count[l] + " pixels of label " + l);
    }
  }

  @Test
  void leftLabelsLieLeftAndMirrorRightOnes() {
    final SyntheticAnatomy anatomy = SyntheticAnatomy.on(COARSE, 1);
    final LabelSet set = anatomy.labelSet();
    for (final Label label : set.labels()) {
      final Label mirror = set.get(set.indexOf(label.mirrorId()));
      assertEquals(label.id(), mirror.mirrorId());
      assertEquals(label.group(), mirror.group());
      assertEquals(set.indexOf(label.id()), label.id());
      if (label.name().startsWith("left "))
        assertEquals("right " + label.name().substring(5), mirror.name());
    }
    final double[] labels = voxels(anatomy.subject(0).labels());
    final double[] sumX = new double[set.size()];
    for (int i = 0; i < labels.length; i++)
      sumX[(int) labels[i]] += COARSE.toWorld().apply(i % COARSE.size(0), 0, 0)[0];
    for (final Label label : set.labels()) {
      if (label.name().startsWith("left ")) assertTrue(sumX[label.id()] < 0, label.name());
      if (label.name().startsWith("right ")) assertTrue(sumX[label.id()] > 0, label.name());
    }
  }

  /**
   * If anatomies hardly differed, a prior would have nothing to learn; if wholly, nothing could.
   */
  @Test
  void individualsOverlapOnlyInPart() {
    final SyntheticAnatomy anatomy = SyntheticAnatomy.of(1);
    final Evaluation evaluation = Evaluation.of(anatomy.labelSet());
    final double dice =
        evaluation.evaluate(anatomy.subject(0).labels(), anatomy.subject(1).labels()).meanDice();
    assertTrue(dice > 0.4 && dice < 0.8, "Dice " + dice);
  }

  @Test
  void contrastsOrderTheTissuesAsTheyPromise() {
    final SyntheticSubject subject = SyntheticAnatomy.of(1).subject(0);
    final double[] t1 = meanByLabel(subject, Contrast.T1_LIKE);
    final double[] t2 = meanByLabel(subject, Contrast.T2_LIKE);
    assertTrue(t1[3] > t1[1] && t1[1] > t1[5] && t1[5] > t1[0]);
    assertTrue(t2[5] > t2[1] && t2[1] > t2[3] && t2[3] > t2[0]);
    assertNotEquals(t1[7], t1[8]);
  }

  private static double[] meanByLabel(final SyntheticSubject subject, final Contrast contrast) {
    final double[] labels = voxels(subject.labels()), image = voxels(subject.image(contrast));
    final double[] sum = new double[SyntheticLabels.COUNT], n = new double[sum.length];
    for (int i = 0; i < labels.length; i++) {
      sum[(int) labels[i]] += image[i];
      n[(int) labels[i]]++;
    }
    for (int l = 0; l < sum.length; l++) sum[l] /= n[l];
    return sum;
  }

  @Test
  void datasetKeepsTrainingMapsAndTestImagesApart() throws Exception {
    final TreeSet<String> names = new TreeSet<>();
    new SyntheticDataset(SyntheticAnatomy.slice(1), 2, 1)
        .write((image, name) -> names.add(name), Progress.NONE);
    assertEquals(
        List.of(
            "images/t1_like/subject_002",
            "images/t2_like/subject_002",
            "labels/subject_000",
            "labels/subject_001",
            "truth/subject_002"),
        List.copyOf(names));
  }
}
