package org.anatomicalpriors.service;

import ij.ImagePlus;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.job.ResultTable;
import org.scijava.service.SciJavaService;

/**
 * Learns anatomies and segments images with them, from scripts. In Jython:
 *
 * <pre>{@code
 * #@ AnatomicalPriorService priors
 * #@ ImagePlus image
 * #@output ImagePlus labels
 *
 * prior = priors.train("maps", {"output": "brain.zip", "spacing": 2})  # a folder of label maps
 * prior = priors.load("brain.zip")                                     # or one trained before
 * result = priors.segment(prior, image, {"mask": "mask.tif"})
 * labels = result.labels()
 * image.setOverlay(result.outlines())
 * print(result.volumes())
 * print(priors.evaluate(labels, "drawn-by-hand.nii.gz"))
 * prior.close()
 * }</pre>
 *
 * <p>An image is an {@link ImagePlus}, an imglib2 {@code RandomAccessibleInterval} of real numbers,
 * or a file or its path; a list of images is a file, a folder, or a list of these and of images in
 * memory. The spacing of imglib2 images is given by the option {@code voxel_size}, such as {@code
 * "1x1x1.5 mm"}. Options are given by the names of the parameter reference, with {@code _} or
 * {@code -}, as texts or values.
 *
 * <p>Every method blocks until its work is done, shows its progress as a task of Fiji's, and throws
 * {@link org.anatomicalpriors.InvalidInputException}, with one sentence that says what to do, for
 * what cannot be used, {@link org.anatomicalpriors.progress.CancelledException} if the task was
 * cancelled or the thread interrupted. A script that lets these pass ends {@code fiji --headless
 * --run} with exit code 1.
 */
public interface AnatomicalPriorService extends SciJavaService {

  /** Opens a prior or segmenter: a file or its path. Close it when done. */
  TrainedModel load(Object file);

  /** As {@link #load(Object)} with options of the machine, such as {@code device}. */
  TrainedModel load(Object file, Map<String, ?> options);

  /**
   * Learns a prior from label maps.
   *
   * @param labelMaps a list of images
   * @param options settings by name; {@code output} (the file to write) is needed
   */
  TrainedModel train(Object labelMaps, Map<String, ?> options);

  /**
   * Trains a segmenter on images without labels.
   *
   * @param prior a model or its file
   * @param images a list of images
   * @param options settings by name; {@code output} (the file to write) is needed
   */
  TrainedModel trainSegmenter(Object prior, Object images, Map<String, ?> options);

  /** Segments an image with default settings. */
  SegmentedImage segment(TrainedModel model, Object image);

  /**
   * Segments an image.
   *
   * @see Backend#segment
   */
  SegmentedImage segment(TrainedModel model, Object image, Map<String, ?> options);

  /**
   * Segments an image anew with intensities that are first fitted to labels that a person has
   * picked or corrected.
   *
   * @param labels label ids on the image's voxels; 0 where nothing is said
   */
  SegmentedImage refine(
      TrainedModel model, ImagePlus image, ImagePlus labels, Map<String, ?> options);

  /** Anatomies drawn from the prior, as label images; the same seed draws the same. */
  List<ImagePlus> sample(TrainedModel model, int count, long seed);

  /** Scores of a segmentation against a reference (two images), a row per label. */
  ResultTable evaluate(Object segmentation, Object reference);

  /**
   * As {@link #evaluate(Object, Object)} with options, such as {@code label_set}, or {@code ignore}
   * for ids that are not scored.
   */
  ResultTable evaluate(Object segmentation, Object reference, Map<String, ?> options);

  /**
   * Runs a job as the shell does, such as {@code segment} for a folder of images.
   *
   * @throws org.anatomicalpriors.InvalidInputException also if something could not be done, such as
   *     one of many files; then everything else was done
   */
  JobResult run(String job, Map<String, ?> values);

  /** The core itself, for commands. */
  Backend backend();
}
