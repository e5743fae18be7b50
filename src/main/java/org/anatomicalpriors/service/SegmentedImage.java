package org.anatomicalpriors.service;

import ij.ImagePlus;
import ij.gui.Overlay;
import java.io.File;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedIntType;
import net.imglib2.type.numeric.real.FloatType;
import org.anatomicalpriors.job.ResultTable;

/** What was found in an image. Images are made when asked for. */
public interface SegmentedImage {

  /**
   * Label ids, in the input's size, axis order and calibration, with the label set's colours,
   * called as the input with {@code -labels} added.
   */
  ImagePlus labels();

  /** Label ids: x, y, z (where the input has it), then the time points if there are several. */
  RandomAccessibleInterval<UnsignedIntType> labelIds();

  /** Probability of each label: a channel per label, in the label set's order. */
  ImagePlus posteriors();

  /** Probability of each label: axes as {@link #labelIds}, then the label. */
  RandomAccessibleInterval<FloatType> posteriorMaps();

  /** Entropy of the labels, 0 (certain) to 1 (all labels equally likely). */
  ImagePlus uncertainty();

  /** The factor by which the image is too bright at every voxel; 1 where none was estimated. */
  ImagePlus biasField();

  /** The image divided by its bias field. */
  ImagePlus corrected();

  /** Outlines of the labels, in their colours, for the input image; one group of shapes a slice. */
  Overlay outlines();

  /**
   * Volume of each structure and time point, in the cube of the input's unit, with the mean
   * probability of its label.
   */
  ResultTable volumes();

  /** How the result was made, as JSON: version, model, settings, fitted parameters, seconds. */
  String report();

  /** Writes what the shell's {@code segment} writes: labels, volumes, montage, record. */
  void save(File folder);
}
