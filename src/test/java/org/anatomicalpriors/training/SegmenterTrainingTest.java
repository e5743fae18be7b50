package org.anatomicalpriors.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.ModelDescription.CurvePoint;
import org.anatomicalpriors.model.Objective;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.Segmentation;
import org.anatomicalpriors.segmentation.SegmentationSettings;
import org.anatomicalpriors.segmentation.Segmenter;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;
import org.anatomicalpriors.tensorflow.TestEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmenterTrainingTest {

  private static final int DEPTH = 8;
  private static final ToyImages IMAGES = new ToyImages(5, DEPTH);

  @TempDir static Path shared;
  private static AnatomicalPrior prior;

  @TempDir Path folder;
  private Path checkpoint;

  @BeforeAll
  static void learn() {
    prior = ToyImages.prior(DEPTH, 60, shared);
  }

  @AfterAll
  static void close() {
    prior.close();
  }

  @BeforeEach
  void name() {
    checkpoint = folder.resolve("toy.checkpoint");
  }

  private static Settings settings(final long steps) {
    return Settings.of(SegmenterSettings.ALL)
        .with(SegmenterSettings.STEPS, steps)
        .with(SegmenterSettings.LEARNING_RATE, 0.005)
        .with(SegmenterSettings.CHECKPOINT_EVERY, 5L)
        .with(SegmentationSettings.ALIGN, false);
  }

  private AnatomicalPrior train(
      final Settings settings,
      final ImageSource labels,
      final boolean resume,
      final Progress progress) {
    return SegmenterTraining.with(settings)
        .train(prior, IMAGES, labels, checkpoint, resume, progress);
  }

  private Map<String, float[]> weights(final Settings settings, final ImageSource labels) {
    try (AnatomicalPrior segmenter = train(settings, labels, false, Progress.NONE)) {
      return segmenter.weights();
    }
  }

  private static void assertSame(final Map<String, float[]> a, final Map<String, float[]> b) {
    assertEquals(a.keySet(), b.keySet());
    a.forEach((name, w) -> assertArrayEquals(w, b.get(name), 0f, name));
  }

  /** The label maps of some of the images, under other indices. */
  private static ImageSource labels(final Integer... of) {
    return new ImageSource() {
      @Override
      public int size() {
        return of.length;
      }

      @Override
      public String name(final int index) {
        return IMAGES.maps().name(of[index]);
      }

      @Override
      public String hash(final int index) {
        return "labels " + of[index];
      }

      @Override
      public SpatialImage<? extends RealType<?>> load(final int index) {
        return IMAGES.maps().load(of[index]);
      }
    };
  }

  @ParameterizedTest
  @CsvSource({"EXACT, false", "BOUND, false", "EXACT, true"})
  void lossFalls(final Objective objective, final boolean paired) {
    final Settings s =
        settings(60)
            .with(SegmentationSettings.OBJECTIVE, objective)
            .with(PriorSettings.VALIDATION, 0.0)
            .with(SegmenterSettings.CHECKPOINT_EVERY, 20L);
    final ImageSource labels = paired ? IMAGES.maps() : null;
    try (AnatomicalPrior segmenter = train(s, labels, false, Progress.NONE)) {
      assertTrue(segmenter.description().isSegmenter());
      final List<CurvePoint> curve = segmenter.description().provenance().curve();
      assertEquals(3, curve.size());
      final double first = curve.get(0).training(), last = curve.get(2).training();
      assertTrue(last < first - 0.005, first + " to " + last);
    }
  }

  @Test
  void sameSeedGivesTheSameWeightsToTheBit() {
    final Map<String, float[]> first = weights(settings(6), labels(1, 3));
    assertSame(first, weights(settings(6), labels(1, 3)));
    final Map<String, float[]> other =
        weights(settings(6).with(SegmentationSettings.SEED, 2L), labels(1, 3));
    assertFalse(
        first.entrySet().stream()
            .allMatch(w -> Arrays.equals(w.getValue(), other.get(w.getKey()))));
    assertFalse(
        first.entrySet().stream()
            .allMatch(w -> Arrays.equals(w.getValue(), weightsOfUnpaired().get(w.getKey()))),
        "labels must matter");
  }

  private Map<String, float[]> unpaired;

  private Map<String, float[]> weightsOfUnpaired() {
    if (unpaired == null) unpaired = weights(settings(6), null);
    return unpaired;
  }

  /** The toy images, each with its square as another channel. */
  private static final class TwoChannels implements ImageSource {
    @Override
    public int size() {
      return IMAGES.size();
    }

    @Override
    public String name(final int index) {
      return IMAGES.name(index);
    }

    @Override
    public String hash(final int index) {
      return IMAGES.hash(index) + ", its square";
    }

    @Override
    public SpatialImage<? extends RealType<?>> load(final int index) {
      return IMAGES.load(index);
    }

    @Override
    public List<SpatialImage<? extends RealType<?>>> loadOtherChannels(final int index) {
      final SpatialImage<? extends RealType<?>> image = IMAGES.load(index);
      final float[] squares = VoxelRows.toFloats(image.voxels());
      for (int v = 0; v < squares.length; v++) squares[v] *= squares[v];
      final int[] n = image.grid().size();
      return List.of(
          new SpatialImage<>(ArrayImgs.floats(squares, n[0], n[1], n[2]), image.grid(), "square"));
    }
  }

  @Test
  void severalChannelsAreLearnedFromTogether() {
    final Settings s = settings(9);
    final ImageSource two = new TwoChannels();
    final Map<String, float[]> whole;
    try (AnatomicalPrior segmenter =
        SegmenterTraining.with(s).train(prior, two, null, checkpoint, false, Progress.NONE)) {
      whole = segmenter.weights();
      assertEquals(two.hash(1), segmenter.description().provenance().data().get(two.name(1)));
    }
    final Map<String, float[]> one = weights(s, null);
    boolean differ = false;
    for (final String name : whole.keySet())
      differ |= !Arrays.equals(whole.get(name), one.get(name));
    assertTrue(differ, "the second channel changed nothing");
    assertThrows(
        CancelledException.class,
        () ->
            SegmenterTraining.with(s)
                .train(prior, two, null, checkpoint, false, new StopAt(6))
                .close());
    try (AnatomicalPrior resumed =
        new SegmenterTraining(s, 0).train(prior, two, null, checkpoint, true, Progress.NONE)) {
      assertSame(whole, resumed.weights());
    }
  }

  /** With labels for some, and resumed. */
  @Test
  void imagesOnTheDiskGiveTheSameWeightsToTheBit() {
    final Settings s = settings(12).with(PriorSettings.VALIDATION, 0.5);
    final Map<String, float[]> inMemory = weights(s, labels(1, 3));
    final SegmenterTraining streamed = new SegmenterTraining(s, 0);
    assertThrows(
        CancelledException.class,
        () ->
            streamed.train(prior, IMAGES, labels(1, 3), checkpoint, false, new StopAt(7)).close());
    assertArrayEquals(new String[] {"toy.checkpoint"}, folder.toFile().list());
    final List<String> told = new ArrayList<>();
    try (AnatomicalPrior segmenter =
        streamed.train(prior, IMAGES, labels(1, 3), checkpoint, true, ToyData.log(told))) {
      assertSame(inMemory, segmenter.weights());
    }
    assertTrue(
        told.stream().anyMatch(m -> m.startsWith("5 of 5 images are read")), told.toString());
    assertArrayEquals(new String[] {"toy.checkpoint"}, folder.toFile().list());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theDecoderStaysUnlessAskedToLearn(final boolean trainDecoder) {
    final Map<String, float[]> w =
        weights(settings(4).with(SegmenterSettings.TRAIN_DECODER, trainDecoder), null);
    boolean moved = false, imageEncoder = false;
    for (final Map.Entry<String, float[]> before : prior.weights().entrySet()) {
      final boolean same = Arrays.equals(before.getValue(), w.get(before.getKey()));
      if (before.getKey().startsWith("decoder.")) moved |= !same;
      else assertTrue(same, before.getKey());
    }
    for (final String name : w.keySet()) imageEncoder |= name.startsWith("image.");
    assertTrue(imageEncoder);
    assertEquals(trainDecoder, moved);
  }

  /** Asks to stop once a step of the training is done. */
  private static final class StopAt implements Progress {
    private final long step;
    private volatile boolean reached;

    StopAt(final long step) {
      this.step = step;
    }

    @Override
    public void update(
        final String stage, final long done, final long total, final String message) {
      if (stage.equals("Training the segmenter") && done >= step) reached = true;
    }

    @Override
    public boolean isCancelled() {
      return reached;
    }
  }

  @ParameterizedTest
  @CsvSource({"3, false", "5, false", "7, true"})
  void resumedTrainingEndsAsTheUninterruptedOne(final long stop, final boolean trainDecoder)
      throws IOException {
    final Settings s = settings(12).with(SegmenterSettings.TRAIN_DECODER, trainDecoder);
    final Map<String, float[]> whole = weights(s, labels(0, 2));
    Files.deleteIfExists(checkpoint);
    assertEquals(
        "Stopped on request after "
            + stop
            + " of 12 steps; the state is kept in "
            + checkpoint
            + "; to go on from there, train again with resume (--resume in a shell).",
        assertThrows(
                CancelledException.class,
                () -> train(s, labels(0, 2), false, new StopAt(stop)).close())
            .getMessage());
    try (AnatomicalPrior resumed = train(s, labels(0, 2), true, Progress.NONE)) {
      assertSame(whole, resumed.weights());
      assertEquals(3, resumed.description().provenance().curve().size());
    }
  }

  @Test
  void resumingWithOtherLabelsIsRefused() {
    assertThrows(
        CancelledException.class,
        () -> train(settings(9), labels(0), false, new StopAt(2)).close());
    final String message =
        assertThrows(
                InvalidInputException.class,
                () -> train(settings(9), labels(1), true, Progress.NONE).close())
            .getMessage();
    assertTrue(message.contains(" was made with the images "), message);
  }

  @Test
  void labelsAreMatchedByNameAndRecorded() {
    try (AnatomicalPrior segmenter = train(settings(2), labels(3, 1), false, Progress.NONE)) {
      final Map<String, String> data = segmenter.description().provenance().data();
      assertEquals(
          Set.of("toy0", "toy1", "toy2", "toy3", "toy4", "toy1 (labels)", "toy3 (labels)"),
          data.keySet());
      assertEquals("labels 3", data.get("toy3 (labels)"));
      assertEquals("labels 1", data.get("toy1 (labels)"));
      assertEquals(
          prior.description().provenance().data(),
          segmenter.description().provenance().prior().data());
    }
  }

  /** The toy images and the same again, as if from two folders. */
  private static ImageSource fromFolders() {
    return renamed(IMAGES, i -> (i % 2 == 0 ? "t1/" : "t2/") + "toy" + i / 2);
  }

  private static ImageSource renamed(final ImageSource source, final IntFunction<String> name) {
    return new ImageSource() {
      @Override
      public int size() {
        return source.size();
      }

      @Override
      public String name(final int index) {
        return name.apply(index);
      }

      @Override
      public String hash(final int index) {
        return source.hash(index);
      }

      @Override
      public SpatialImage<? extends RealType<?>> load(final int index) {
        return source.load(index);
      }
    };
  }

  @Test
  void oneLabelMapServesAllImagesOfItsName() {
    try (AnatomicalPrior segmenter =
        SegmenterTraining.with(settings(2))
            .train(prior, fromFolders(), labels(1), checkpoint, false, Progress.NONE)) {
      final Map<String, String> data = segmenter.description().provenance().data();
      assertEquals("labels 1", data.get("t1/toy1 (labels)"));
      assertEquals("labels 1", data.get("t2/toy1 (labels)"));
      assertEquals(7, data.size(), data.toString());
    }
  }

  @Test
  void labelsOfNoImageAreRefused() {
    final ImageSource strangers = renamed(labels(0, 1), i -> "stranger" + i);
    assertEquals(
        "None of the 2 paired label maps has the name of an image; give each the file name of its image.",
        assertThrows(
                InvalidInputException.class,
                () -> train(settings(2), strangers, false, Progress.NONE).close())
            .getMessage());
  }

  @Test
  void aSavedSegmenterSegmentsAsTheOneInMemory() {
    final Path file = folder.resolve("segmenter.zip");
    final Settings s =
        Settings.of(SegmentationSettings.ALL).with(SegmentationSettings.ALIGN, false);
    try (AnatomicalPrior trained = train(settings(6), labels(0), false, Progress.NONE)) {
      ModelBundle.save(trained, file);
      try (AnatomicalPrior opened = ModelBundle.open(file, TestEngine.get())) {
        assertTrue(opened.description().isSegmenter());
        assertEquals(
            trained.description().provenance().data(), opened.description().provenance().data());
        final Segmentation a = Segmenter.of(trained, s).segment(IMAGES.load(0), Progress.NONE);
        final Segmentation b = Segmenter.of(opened, s).segment(IMAGES.load(0), Progress.NONE);
        assertArrayEquals(a.labels(), b.labels());
        assertEquals(a.report().get("divergence_nats"), b.report().get("divergence_nats"));
        final Segmentation plain = Segmenter.of(prior, s).segment(IMAGES.load(0), Progress.NONE);
        assertFalse(
            plain.report().get("divergence_nats").equals(a.report().get("divergence_nats")),
            "the trained encoder must be the one in use");
      }
    }
  }

  @Test
  void aTrainedSegmenterCanBeTrainedOn() {
    try (AnatomicalPrior once = train(settings(3), null, false, Progress.NONE);
        AnatomicalPrior twice =
            SegmenterTraining.with(settings(3))
                .train(once, IMAGES, null, folder.resolve("2"), false, Progress.NONE)) {
      assertEquals(once.weights().keySet(), twice.weights().keySet());
      assertEquals(
          once.description().provenance().data(), twice.description().provenance().prior().data());
    }
  }
}
