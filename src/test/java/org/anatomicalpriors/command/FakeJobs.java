package org.anatomicalpriors.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.fiji.FijiBackend;
import org.anatomicalpriors.job.Job;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.service.AnatomicalPriorService;
import org.anatomicalpriors.service.Backend;
import org.anatomicalpriors.service.SegmentedImage;
import org.anatomicalpriors.service.TrainedModel;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.scijava.Context;
import org.scijava.plugin.PluginIndex;
import org.scijava.plugin.PluginInfo;
import org.scijava.service.AbstractService;
import org.scijava.service.Service;

/** A context whose jobs write down what they were given, with a setting of each kind. */
final class FakeJobs {

  static final Setting<Path> OUTPUT = Setting.save("output", "Where to write.").required();
  static final Setting<List<Path>> LABELS = Setting.files("labels", "What to read.").required();
  static final Setting<Path> SET = Setting.file("label-set", "A table.");
  static final Setting<List<Path>> PAIRED = Setting.files("paired", "More to read.");
  static final Setting<Long> STEPS = Setting.integer("steps", 10, 1, 100, "steps", "How many.");
  static final Setting<Long> SEED =
      Setting.integer("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE, "", "Where to start.");
  static final Setting<Double> RATE = Setting.real("rate", 1e-4, 0, 1, "", "How fast.");
  static final Setting<List<Integer>> CHANNELS =
      Setting.integers("channels", List.of(8, 16), 1, 100, "", "How wide.");
  static final Setting<Boolean> RESUME = Setting.flag("resume", false, "Whether to go on.");
  static final Setting<Setting.Kind> KIND =
      Setting.choice("kind", Setting.Kind.TEXT, "Which one to take.");
  static final Setting<String> NOTE = Setting.text("note", "", "What to say.");

  private FakeJobs() {}

  /** The job of a name. */
  static Job job(final String name) {
    return new Job() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String description() {
        return "Writes down what it was given.";
      }

      @Override
      public List<Setting<?>> files() {
        return List.of(LABELS, SET, PAIRED, OUTPUT);
      }

      @Override
      public List<Setting<?>> settings() {
        return List.of(STEPS, SEED, RATE, CHANNELS, RESUME, KIND);
      }

      @Override
      public List<Setting<?>> machine() {
        return List.of(NOTE);
      }

      @Override
      public List<String> examples() {
        return List.of();
      }

      @Override
      public JobResult run(final Settings values, final JobContext context) throws IOException {
        if (values.get(NOTE).equals("exhaust")) throw new OutOfMemoryError("Java heap space");
        if (values.get(NOTE).equals("fail")) throw new InvalidInputException("It was to fail.");
        Files.write(
            values.get(OUTPUT), values.toTexts().toString().getBytes(StandardCharsets.UTF_8));
        final JobResult result =
            new JobResult()
                .file(values.get(OUTPUT))
                .message("Written.")
                .table(new ResultTable("values", "name", "steps").row(name, values.get(STEPS)));
        return values.get(NOTE).equals("half") ? result.failure("a.nii failed.") : result;
      }
    };
  }

  static Fiji fiji() {
    final PluginIndex index = new PluginIndex();
    index.discover();
    final PluginInfo<Service> fake = new PluginInfo<>(FakeService.class, Service.class);
    fake.setPriority(1e6);
    index.add(fake);
    return new Fiji(new Context(Context.serviceClassList(Service.class), index));
  }

  /** The service of these jobs alone. */
  public static final class FakeService extends AbstractService implements AnatomicalPriorService {

    private final Backend backend = new FijiBackend(jobs());

    private static List<Job> jobs() {
      final List<Job> jobs = new ArrayList<>();
      for (final String name :
          new String[] {
            "train-prior",
            "train-segmenter",
            "segment",
            "evaluate",
            "sample",
            "reconstruct",
            "generate",
            "info",
            "devices"
          }) jobs.add(job(name));
      return jobs;
    }

    @Override
    public Backend backend() {
      return backend;
    }

    @Override
    public TrainedModel load(final Object file) {
      throw new UnsupportedOperationException();
    }

    @Override
    public TrainedModel load(final Object file, final Map<String, ?> options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public TrainedModel train(final Object labelMaps, final Map<String, ?> options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public TrainedModel trainSegmenter(
        final Object prior, final Object images, final Map<String, ?> options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SegmentedImage segment(final TrainedModel model, final Object image) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SegmentedImage segment(
        final TrainedModel model, final Object image, final Map<String, ?> options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<ij.ImagePlus> sample(final TrainedModel model, final int count, final long seed) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ResultTable evaluate(final Object segmentation, final Object reference) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SegmentedImage refine(
        final TrainedModel model,
        final ij.ImagePlus image,
        final ij.ImagePlus labels,
        final Map<String, ?> options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ResultTable evaluate(
        final Object segmentation, final Object reference, final Map<String, ?> options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public JobResult run(final String job, final Map<String, ?> values) {
      throw new UnsupportedOperationException();
    }
  }
}
