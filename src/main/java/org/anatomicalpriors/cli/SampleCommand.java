package org.anatomicalpriors.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.imglib2.type.numeric.IntegerType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.AnatomySampler;
import org.anatomicalpriors.picture.LabelColours;
import org.anatomicalpriors.picture.LabelGallery;
import org.anatomicalpriors.picture.Panel;
import org.anatomicalpriors.picture.PictureOptions;
import org.anatomicalpriors.picture.PngFiles;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.SpatialImage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "sample",
    description =
        "Draws anatomies from a prior, or walks from one label map to another through it: label maps on the prior's grid and one picture (samples.png, path.png).",
    footer = {
      "",
      "Examples:",
      "  anatomical-priors sample --prior prior.zip --count 8 --output samples/",
      "  anatomical-priors sample --prior prior.zip --between a.nii.gz b.nii.gz \\",
      "      --frames 7 --output path/"
    })
final class SampleCommand extends EngineJob {

  static final Setting<Long> COUNT =
      Setting.integer("count", 8, 1, 10_000, "anatomies", "Anatomies to draw from p(z).");
  static final Setting<Long> SEED =
      Setting.integer(
          "seed",
          1,
          Long.MIN_VALUE,
          Long.MAX_VALUE,
          "",
          "Start of all random numbers: the same seed draws the same anatomies.");
  static final Setting<Long> FRAMES =
      Setting.integer("frames", 7, 2, 1000, "anatomies", "Anatomies on the path, ends included.");
  static final List<Setting<?>> ALL = List.of(COUNT, SEED, FRAMES);

  /** Tiles in a row of the picture. */
  private static final int COLUMNS = 4;

  @Option(
      names = "--prior",
      required = true,
      paramLabel = "FILE.zip",
      description = "Prior (or segmenter) to draw from.")
  private Path prior;

  @Option(
      names = "--between",
      arity = "2",
      paramLabel = "MAP",
      description = "Two label maps to walk between, along the line between their codes.")
  private List<Path> between = List.of();

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the results; made if it is not there.")
  private Path output;

  SampleCommand(final Cancellation cancellation) {
    super(cancellation);
  }

  @Override
  List<Setting<?>> settings() {
    return ALL;
  }

  @Override
  public Integer call() throws IOException {
    if (between.size() % 2 != 0 || between.size() > 2)
      throw new InvalidInputException("Give --between once, with two label maps.");
    ModelBundle.describe(prior);
    between.forEach(Images::list);
    final Path folder = OutputPaths.folder(output);
    try (ShellProgress progress = startProgress();
        AnatomicalPrior model = ModelBundle.open(prior, startEngine())) {
      final AnatomySampler sampler = new AnatomySampler(model);
      final boolean path = !between.isEmpty();
      final List<SpatialImage<? extends IntegerType<?>>> maps =
          path ? walk(sampler, progress) : draw(sampler, progress);
      for (final SpatialImage<? extends IntegerType<?>> map : maps)
        Images.save(map, folder.resolve(map.name() + ".nii.gz"));
      final Path picture = folder.resolve(path ? "path.png" : "samples.png");
      PngFiles.write(
          new LabelGallery(LabelColours.forIds(model.description().labels()), new PictureOptions())
              .render(
                  maps.stream().map(m -> Panel.filled(m, m.name())).collect(Collectors.toList()),
                  COLUMNS),
          picture);
      progress.log(
          maps.size() + " label maps and " + picture.getFileName() + " are in " + folder + ".");
    }
    return ErrorMessages.OK;
  }

  private List<SpatialImage<? extends IntegerType<?>>> draw(
      final AnatomySampler sampler, final Progress progress) {
    final Settings settings = givenSettings();
    final int count = settings.getInt(COUNT);
    final List<SpatialImage<? extends IntegerType<?>>> maps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      progress.checkCancelled();
      progress.update("Drawing anatomies", i, count, "");
      final String name = String.format(Locale.ROOT, "sample_%03d", i + 1);
      maps.add(sampler.draw(settings.get(SEED), i, name));
    }
    return maps;
  }

  private List<SpatialImage<? extends IntegerType<?>>> walk(
      final AnatomySampler sampler, final Progress progress) {
    return sampler.path(
        sampler.encode(Images.open(between.get(0), progress), progress),
        sampler.encode(Images.open(between.get(1), progress), progress),
        givenSettings().getInt(FRAMES),
        progress);
  }
}
