package org.anatomicalpriors.service;

import ij.ImagePlus;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.job.ResultTable;
import org.scijava.service.SciJavaService;

/**
 * Learns anatomies and segments images with them, from scripts.
 *
 * <pre>{@code
 * #@ AnatomicalPriorService priors
 * #@ ImagePlus image
 * #@output ImagePlus labels
 * model = priors.load("brain.zip")
 * labels = priors.segment(model, image).labels()
 * }</pre>
 *
 * Options are given by the names of the parameter reference, with {@code _} or {@code -}. Every
 * method throws {@link org.anatomicalpriors.InvalidInputException}, with one sentence that says
 * what to do, for what cannot be used.
 */
public interface AnatomicalPriorService extends SciJavaService {

  /** Opens a prior or segmenter: a file's path, or a {@link java.io.File}. */
  TrainedModel load(Object file);

  /** As {@link #load(Object)} with options of the machine, such as {@code device}. */
  TrainedModel load(Object file, Map<String, ?> options);

  /**
   * Learns a prior from label maps.
   *
   * @param labelMaps a file, a folder, or a list of files, folders or {@link ImagePlus}
   * @param options settings by name; {@code output} (the file to write) is needed
   */
  TrainedModel train(Object labelMaps, Map<String, ?> options);

  /**
   * Trains a segmenter on images without labels.
   *
   * @param prior a model or its file
   * @param images as {@code labelMaps} above
   * @param options settings by name; {@code output} is needed
   */
  TrainedModel trainSegmenter(Object prior, Object images, Map<String, ?> options);

  /** Segments with default settings. */
  SegmentedImage segment(TrainedModel model, Object image);

  /**
   * Segments an image: an {@link ImagePlus}, an imglib2 image or a file.
   *
   * @see Backend#segment
   */
  SegmentedImage segment(TrainedModel model, Object image, Map<String, ?> options);

  /** Anatomies drawn from the prior, as label images; the same seed draws the same. */
  List<ImagePlus> sample(TrainedModel model, int count, long seed);

  /** Scores of a segmentation against a reference (images or files), a row per label. */
  ResultTable evaluate(Object segmentation, Object reference);

  /** Runs a job as the shell does, such as {@code segment} for a folder of images. */
  JobResult run(String job, Map<String, ?> values);

  /** The core itself, for commands. */
  Backend backend();
}
