package org.anatomicalpriors.fiji;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.files.Claims;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.io.LabelSetCsv;
import org.anatomicalpriors.output.InputFile;
import org.anatomicalpriors.output.ResultPaths;
import org.anatomicalpriors.output.ResultWriter;
import org.anatomicalpriors.output.Run;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.Segmentation;
import org.anatomicalpriors.segmentation.SegmentationSettings;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.TemporaryFolder;

/** Writes results in memory as the shell writes those of files. */
final class ResultFiles {

  private final FijiModel model;
  private final Settings settings;

  ResultFiles(final FijiModel model, final Settings settings) {
    this.model = model;
    this.settings = settings;
  }

  /**
   * Writes the results of every time point into a folder, which is made if it is not there.
   *
   * @throws InvalidInputException if it is a file
   */
  void save(
      final InputImage input,
      final GivenMask mask,
      final List<Segmentation> results,
      final Path folder,
      final Progress progress) {
    if (Files.isRegularFile(folder))
      throw new InvalidInputException(
          folder + " is a file and a folder for the results is needed; choose another name.");
    try (TemporaryFolder temporary = new TemporaryFolder()) {
      Files.createDirectories(folder);
      final ResultWriter writer =
          new ResultWriter(
              new Run(
                  model.file().toPath(),
                  Options.part(SegmentationSettings.ALL, settings),
                  Set.of(),
                  model.engine().arithmetic()),
              model.engine());
      LabelSetCsv.write(
          model.prior().description().labels(), folder.resolve(ResultPaths.LABEL_SET));
      for (int t = 0; t < results.size(); t++) {
        final Path source = source(input, t, temporary.path());
        final ResultPaths paths = new ResultPaths(folder, Images.baseName(source));
        try (Claims claims = Claims.in(folder);
            Claims.Claim claim = claim(claims, paths)) {
          writer.write(
              paths,
              InputFile.of(
                  source,
                  otherChannels(input, t, temporary.path()),
                  mask.file(t, temporary.path())),
              input.subjects().get(t),
              results.get(t),
              Map.of(),
              progress);
        }
      }
    } catch (final IOException e) {
      throw new UncheckedIOException("The results could not be written to " + folder + ".", e);
    }
  }

  private static Claims.Claim claim(final Claims claims, final ResultPaths paths) {
    return claims
        .tryClaim(paths.name())
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "Results of "
                        + paths.name()
                        + " are being written to the same folder by somebody else; save to another folder, or wait."));
  }

  /** Copies in files of what is not in the image's own. */
  private static List<Path> otherChannels(
      final InputImage input, final int frame, final Path temporary) {
    final List<Path> files = new ArrayList<>();
    for (int c = 1; c < input.channels() && !isInFile(input); c++) {
      final Path copy = temporary.resolve("channel-" + frame + "-" + c + ".nii");
      Images.save(input.subjects().get(frame).channels().get(c), copy);
      files.add(copy);
    }
    return files;
  }

  private static boolean isInFile(final InputImage input) {
    return input.file() != null && input.frames() == 1;
  }

  /** The image's file, or a copy in a file: the record holds its checksum. */
  private static Path source(final InputImage input, final int frame, final Path temporary) {
    if (isInFile(input)) return input.file();
    final String name = input.name(frame).replaceAll("[^\\p{L}\\p{N}._ -]", "_");
    final Path copy = temporary.resolve(name + ".nii");
    Images.save(input.volume(frame), copy);
    return copy;
  }
}
