package org.anatomicalpriors.fiji;

import ij.measure.Calibration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;

/** Spacing of voxels as people write it: {@code 1x1x1.5 mm}, or {@code 0.65 um} for all axes. */
final class VoxelSize {

  private static final String NUMBER = "(\\d+(?:\\.\\d*)?(?:[eE][-+]?\\d+)?)";
  private static final Pattern FORM =
      Pattern.compile(
          NUMBER + "(?:\\s*[x,]\\s*" + NUMBER + "(?:\\s*[x,]\\s*" + NUMBER + ")?)?\\s*(mm|um|m)?");

  private final double[] spacing;
  private final String unit;

  private VoxelSize(final double[] spacing, final String unit) {
    this.spacing = spacing;
    this.unit = unit;
  }

  /**
   * @throws InvalidInputException if the text has another form
   */
  static VoxelSize parse(final String text) {
    final Matcher m = FORM.matcher(text.trim());
    if (!m.matches()) throw invalid(text);
    final double x = Double.parseDouble(m.group(1));
    final double y = m.group(2) == null ? x : Double.parseDouble(m.group(2));
    final double z = m.group(3) == null ? x : Double.parseDouble(m.group(3));
    if (!(x > 0 && y > 0 && z > 0)) throw invalid(text);
    return new VoxelSize(new double[] {x, y, z}, m.group(4) == null ? "mm" : m.group(4));
  }

  private static InvalidInputException invalid(final String text) {
    return new InvalidInputException(
        "\""
            + text
            + "\" was given as voxel size; give the distances along x, y and z with their unit (mm, um or m), such as \"1x1x1.5 mm\".");
  }

  /** The image's grid with this spacing; where its unit stays, its directions and place too. */
  Grid of(final Grid image) {
    final double[] s = image.spacing();
    final Affine own =
        image.unit().equals(unit)
            ? image.toWorld().after(Affine.scale(1 / s[0], 1 / s[1], 1 / s[2]))
            : Affine.identity();
    return new Grid(
        image.size(), own.after(Affine.scale(spacing[0], spacing[1], spacing[2])), unit);
  }

  /** Gives an image of ImageJ this spacing. */
  void applyTo(final Calibration calibration) {
    calibration.setUnit(unit);
    calibration.pixelWidth = spacing[0];
    calibration.pixelHeight = spacing[1];
    calibration.pixelDepth = spacing[2];
  }

  @Override
  public String toString() {
    return spacing[0] + " x " + spacing[1] + " x " + spacing[2] + " " + unit;
  }
}
