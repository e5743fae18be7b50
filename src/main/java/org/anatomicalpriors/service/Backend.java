package org.anatomicalpriors.service;

import ij.ImagePlus;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.job.Job;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Setting;

/**
 * The core, as commands and scripts reach it. Options are given by the names of the settings, with
 * {@code _} or {@code -}, as texts or as values. All methods may be called from any thread; they
 * throw {@link org.anatomicalpriors.InvalidInputException} for what cannot be used and {@link
 * org.anatomicalpriors.progress.CancelledException} when stopped through the progress.
 */
public interface Backend {

  /** All that the shell does, by name. Starts no engine. */
  List<Job> jobs();

  /** What {@link #segment} takes, with the model's file and the machine. Starts no engine. */
  List<Setting<?>> imageSettings();

  /** On what a model computes. Starts no engine. */
  List<Setting<?>> machineSettings();

  /**
   * Runs one of {@link #jobs}.
   *
   * @param values texts, numbers, files, and images of ImageJ in the place of files to read
   */
  JobResult run(String job, Map<String, ?> values, JobContext context);

  /**
   * Runs a training job with a window that shows how it goes; as {@link #run} where there is no
   * screen.
   */
  JobResult runInWindow(String job, Map<String, ?> values, JobContext context);

  /**
   * Opens a prior or segmenter, starting the engine if that was not done yet.
   *
   * @param options of the machine
   */
  TrainedModel load(String file, Map<String, ?> options, Progress progress);

  /**
   * Segments an image.
   *
   * @param image an {@link ImagePlus}, an imglib2 {@code RandomAccessibleInterval} of real numbers
   *     (2D or 3D; {@code voxel_size} among the options), or a file
   * @param options of the segmentation; of an image with several channels or time points, {@code
   *     channel} and {@code frame} (from 1; frame 0 is every one); {@code mask}, an image or file
   *     that is above 0 where the anatomy may be
   */
  SegmentedImage segment(
      TrainedModel model, Object image, Map<String, ?> options, Progress progress);

  /**
   * Segments an image anew with intensities that are first fitted to labels that a person has
   * picked or corrected.
   *
   * @param labels label ids on the image's voxels; 0 where nothing is said
   * @param options as for {@link #segment}
   */
  SegmentedImage refine(
      TrainedModel model,
      ImagePlus image,
      ImagePlus labels,
      Map<String, ?> options,
      Progress progress);

  /** Anatomies drawn from p(z), as label images on the prior's grid. */
  List<ImagePlus> sample(TrainedModel model, int count, long seed, Progress progress);

  /**
   * The shape code of a label map: the mean of q(z|s), where the map is aligned to the prior by its
   * label centroids.
   *
   * @param labels label ids, as an image that {@link #segment} takes
   * @param options {@code voxel_size}, {@code channel}, {@code frame} as for {@link #segment}
   */
  float[] encode(TrainedModel model, Object labels, Map<String, ?> options, Progress progress);

  /** The most probable anatomy of a shape code, as a label image on the prior's grid. */
  ImagePlus decode(TrainedModel model, float[] code, Progress progress);

  /** Compares a segmentation with a reference (images or files); a row per label. */
  ResultTable evaluate(
      Object segmentation, Object reference, Map<String, ?> options, Progress progress);

  /**
   * Opens the window in which a prior is explored, and returns at once; the window closes the model
   * when a person closes it.
   *
   * @throws org.anatomicalpriors.InvalidInputException if there is no screen; the model stays open
   */
  void explore(TrainedModel model);
}
