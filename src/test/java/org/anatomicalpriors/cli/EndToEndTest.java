package org.anatomicalpriors.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.files.Sha256;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.io.nifti.NiftiReader;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.SpatialImage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands one after the other, on a tiny synthetic study. */
class EndToEndTest {

  @TempDir static Path folder;
  private static Path prior;
  private static Path image;
  private static Path truth;

  @BeforeAll
  static void study() {
    ok("generate", "--count", 4, "--images", 1, "--spacing", 6, "--output", folder);
    prior = folder.resolve("prior.zip");
    image = folder.resolve("images/t1_like/subject_004.nii.gz");
    truth = folder.resolve("truth/subject_004.nii.gz");
    final Shell shell = trainPrior();
    assertEquals(0, shell.code, shell.err);
  }

  private static Shell ok(final Object... args) {
    final Shell shell = Shell.run(args);
    assertEquals(0, shell.code, shell.err);
    return shell;
  }

  private static Shell trainPrior() {
    return Shell.run(
        "train-prior",
        "--labels",
        folder.resolve("labels"),
        "--label-set",
        folder.resolve("label-set.csv"),
        "--channels",
        "4,8",
        "--steps",
        "60",
        "--learning-rate",
        "0.02",
        "--kl-weight",
        "0",
        "--device",
        "cpu",
        "--threads",
        "1",
        "--output",
        prior);
  }

  private static Set<String> names(final Path in) throws IOException {
    try (Stream<Path> files = Files.list(in)) {
      return files
          .map(f -> f.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void theCheckpointIsGoneAndInfoTellsHowThePriorWasMade() {
    assertFalse(Files.exists(folder.resolve("prior.zip.checkpoint")));
    final Shell text = ok("info", prior);
    for (final String part :
        new String[] {"prior.zip: prior", "6.000 mm", "left cortex", "steps=60", "subject_003"})
      assertTrue(text.out.contains(part), part + " in " + text.out);
    final JsonObject json =
        JsonParser.parseString(ok("info", prior, "--json").out).getAsJsonObject();
    assertEquals(13, json.getAsJsonArray("labels").size());
    assertEquals("[4,8]", json.get("channels").toString());
  }

  @Test
  void anInterruptedTrainingKeepsItsState() throws IOException {
    final Path output = folder.resolve("again.zip");
    final Path checkpoint = folder.resolve("again.zip.checkpoint");
    final Object[] command = {
      "train-prior",
      "--labels",
      folder.resolve("labels"),
      "--channels",
      "4,8",
      "--steps",
      100_000,
      "--checkpoint-every",
      2,
      "--output",
      output
    };
    final Shell stopped = Shell.runUntil(checkpoint, command);
    assertEquals(130, stopped.code, stopped.err);
    assertTrue(
        stopped.err.contains(
            "kept in " + checkpoint + "; to go on from there, train again with resume"),
        stopped.err);
    assertFalse(Files.exists(output));
    final Shell anew = Shell.runCancelled(command);
    assertTrue(
        anew.err.contains(
            "will be replaced; stop now and give resume (--resume in a shell) to go on from it."),
        anew.err);
  }

  @Test
  void samplesAreTheSameForTheSameSeed() throws IOException {
    final Path a = folder.resolve("a"), b = folder.resolve("b"), c = folder.resolve("c");
    ok("sample", "--prior", prior, "--count", 2, "--seed", 5, "--output", a);
    ok("sample", "--prior", prior, "--count", 2, "--seed", 5, "--output", b);
    ok("sample", "--prior", prior, "--count", 2, "--seed", 6, "--output", c);
    assertEquals(Set.of("sample_001.nii.gz", "sample_002.nii.gz", "samples.png"), names(a));
    final String second = "sample_002.nii.gz";
    assertEquals(Sha256.of(a.resolve(second)), Sha256.of(b.resolve(second)));
    assertFalse(Sha256.of(a.resolve(second)).equals(Sha256.of(c.resolve(second))));
  }

  @Test
  void aPathWalksBetweenTwoMaps() throws IOException {
    final Path out = folder.resolve("path");
    ok(
        "sample",
        "--prior",
        prior,
        "--between",
        folder.resolve("labels/subject_000.nii.gz"),
        folder.resolve("labels/subject_001.nii.gz"),
        "--frames",
        3,
        "--output",
        out);
    assertEquals(
        Set.of("path.png", "path_01.nii.gz", "path_02.nii.gz", "path_03.nii.gz"), names(out));
  }

  @Test
  void segmentsOntoTheImagesOwnGridAndRecordsHow() throws IOException {
    final Path out = folder.resolve("results");
    ok(
        "segment",
        "--model",
        prior,
        "--no-align",
        "--posteriors",
        "--uncertainty",
        "--bias-field",
        "--output",
        out,
        image);
    final String n = "subject_004";
    assertEquals(
        Set.of(
            n + "-labels.nii.gz",
            "label-set.csv",
            n + "-posteriors.nii.gz",
            n + "-uncertainty.nii.gz",
            n + "-bias-field.nii.gz",
            n + "-corrected.nii.gz",
            n + "-volumes.csv",
            n + "-montage.png",
            n + ".json",
            "volumes.csv"),
        names(out));
    assertEquals(
        Files.readString(folder.resolve("label-set.csv")),
        Files.readString(out.resolve("label-set.csv")));
    final SpatialImage<? extends RealType<?>> labels =
        Images.open(out.resolve(n + "-labels.nii.gz"), Progress.NONE);
    assertEquals(Images.open(image, Progress.NONE).grid(), labels.grid());
    assertEquals(
        13,
        NiftiReader.read(out.resolve(n + "-posteriors.nii.gz"), Progress.NONE)
            .voxels()
            .dimension(3));
    final JsonObject json =
        JsonParser.parseString(Files.readString(out.resolve(n + ".json"))).getAsJsonObject();
    assertEquals(Sha256.of(prior), json.getAsJsonObject("model").get("sha256").getAsString());
    assertEquals(Sha256.of(image), json.getAsJsonObject("input").get("sha256").getAsString());
    assertEquals("prior", json.getAsJsonObject("settings").get("method").getAsString());
    assertTrue(json.getAsJsonObject("wall_seconds").get("total").getAsDouble() > 0);
    final Shell scores = ok("evaluate", "--reference", truth.getParent(), "--segmentation", out);
    assertTrue(scores.out.startsWith(n), scores.out);
  }

  @Test
  void aSegmenterIsTrainedFromImagesAlone() throws IOException {
    final Path segmenter = folder.resolve("segmenter.zip");
    ok(
        "train-segmenter",
        "--prior",
        prior,
        "--images",
        folder.resolve("images/t1_like"),
        folder.resolve("images/t2_like"),
        "--steps",
        3,
        "--no-align",
        "--output",
        segmenter);
    assertFalse(Files.exists(folder.resolve("segmenter.zip.checkpoint")));
    final Shell info = ok("info", segmenter);
    assertTrue(info.out.contains("segmenter.zip: segmenter"), info.out);
    assertTrue(info.out.contains("t2_like/subject_004"), info.out);
    assertTrue(info.out.contains("Its prior trained by version"), info.out);
    final Path out = folder.resolve("by-segmenter");
    ok("segment", "--model", segmenter, "--no-align", "--output", out, image);
    assertTrue(Files.exists(out.resolve("subject_004-labels.nii.gz")));
  }

  @Test
  void aSegmenterIsTrainedFromSeveralChannels() throws IOException {
    final Path segmenter = folder.resolve("two-channels.zip");
    ok(
        "train-segmenter",
        "--prior",
        prior,
        "--images",
        folder.resolve("images/t1_like"),
        "--other-channels",
        folder.resolve("images/t2_like"),
        "--steps",
        3,
        "--no-align",
        "--output",
        segmenter);
    final Path out = folder.resolve("by-two-channels");
    final Path other = folder.resolve("images/t2_like").resolve(image.getFileName());
    ok(
        "segment",
        "--model",
        segmenter,
        "--no-align",
        "--other-channels",
        other,
        "--output",
        out,
        image);
    assertTrue(Files.exists(out.resolve("subject_004-labels.nii.gz")));
    final Shell refused =
        Shell.run(
            "train-segmenter",
            "--prior",
            prior,
            "--images",
            folder.resolve("images/t1_like"),
            "--other-channels",
            image,
            "--output",
            segmenter);
    assertTrue(refused.err.contains("or is the image itself; give each file once"), refused.err);
  }

  @Test
  void aBadImageDoesNotStopTheOthers() throws IOException {
    final Path images = Files.createDirectory(folder.resolve("mixed"));
    Files.copy(image, images.resolve("good.nii.gz"));
    Files.write(images.resolve("bad.nii"), new byte[1000]);
    final Path out = folder.resolve("mixed-results");
    final Shell shell =
        Shell.run(
            "segment", "--model", prior, "--no-align", "--method", "none", "--output", out, images);
    assertEquals(1, shell.code);
    assertTrue(shell.err.contains("1 failed:") && shell.err.contains("bad.nii"), shell.err);
    assertTrue(Files.exists(out.resolve("good-labels.nii.gz")), shell.err);
  }

  @Test
  void imagesOfTheSameNameKeepApart() throws IOException {
    final Path out = folder.resolve("same");
    ok(
        "segment",
        "--model",
        prior,
        "--no-align",
        "--output",
        out,
        image,
        folder.resolve("images/t2_like/subject_004.nii.gz"));
    final Set<String> labels =
        names(out).stream().filter(n -> n.contains("labels")).collect(Collectors.toSet());
    assertEquals(
        Set.of("t1_like_subject_004-labels.nii.gz", "t2_like_subject_004-labels.nii.gz"), labels);
  }

  @Test
  void resultsOfTheSameNameAreRefused() throws IOException {
    final Path other = Files.copy(image, folder.resolve("images/subject_004.nii.gz"));
    final Path sameButForTheEnding = folder.resolve("images/subject_004.nii");
    Files.write(sameButForTheEnding, new byte[0]);
    final Path out = folder.resolve("refused");
    final Shell shell =
        Shell.run("segment", "--model", prior, "--output", out, other, sameButForTheEnding);
    assertEquals(2, shell.code);
    assertTrue(shell.err.contains("would write results of the same name"), shell.err);
    assertEquals(Set.of(), names(out));
  }

  @Test
  void aModelThatIsNoneIsNamed() {
    final Shell shell = Shell.run("segment", "--model", image, "--output", folder, image);
    assertEquals(2, shell.code);
    assertTrue(shell.err.contains("is no intact model file"), shell.err);
  }
}
