package org.anatomicalpriors.io.nifti;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a NIfTI header says, the same for both versions of the format: its fields and extensions.
 * Immutable; {@code with} gives a changed copy:
 *
 * <pre>{@code
 * NiftiHeader named = NiftiHeader.empty().with(NiftiField.DESCRIP, "mean of 10 brains");
 * }</pre>
 *
 * <p>Sizes, data type and offset describe the file that was read; {@link NiftiWriter} sets them to
 * what it writes.
 */
public final class NiftiHeader {

  private final int version;
  private final ByteOrder byteOrder;
  private final boolean pair;
  private final Map<NiftiField, double[]> numbers;
  private final Map<NiftiField, String> texts;
  private final List<NiftiExtension> extensions;

  NiftiHeader(
      final int version,
      final ByteOrder byteOrder,
      final boolean pair,
      final Map<NiftiField, double[]> numbers,
      final Map<NiftiField, String> texts,
      final List<NiftiExtension> extensions) {
    this.version = version;
    this.byteOrder = byteOrder;
    this.pair = pair;
    this.numbers = numbers;
    this.texts = texts;
    this.extensions = List.copyOf(extensions);
  }

  /** A header that says nothing: all numbers 0, no texts, no extensions. */
  public static NiftiHeader empty() {
    return new NiftiHeader(
        1,
        ByteOrder.LITTLE_ENDIAN,
        false,
        new EnumMap<>(NiftiField.class),
        new EnumMap<>(NiftiField.class),
        List.of());
  }

  /** The version of the format it was read from: 1 or 2. */
  public int version() {
    return version;
  }

  /** The byte order it was read in. */
  public ByteOrder byteOrder() {
    return byteOrder;
  }

  /** True if the voxels are in a file of their own ({@code .hdr} and {@code .img}). */
  public boolean isPair() {
    return pair;
  }

  /** The first (or only) number of a field. */
  public double number(final NiftiField field) {
    return number(field, 0);
  }

  /** One number of a field. */
  public double number(final NiftiField field, final int index) {
    final double[] values = numbers.get(field);
    return values == null ? 0 : values[index];
  }

  /** All numbers of a field. */
  public double[] numbers(final NiftiField field) {
    final double[] values = numbers.get(field);
    return values == null ? new double[field.length()] : values.clone();
  }

  /** A text, without the zero bytes that fill the field. */
  public String text(final NiftiField field) {
    return texts.getOrDefault(field, "");
  }

  public List<NiftiExtension> extensions() {
    return extensions;
  }

  /** Sizes of the stored image, x first, as many as the header's {@code dim[0]} says. */
  public long[] dimensions() {
    final int n = (int) number(NiftiField.DIM, 0);
    final long[] dimensions = new long[n];
    for (int d = 0; d < n; d++) dimensions[d] = (long) number(NiftiField.DIM, d + 1);
    return dimensions;
  }

  /** A copy with other numbers in one field; those not given become 0. */
  public NiftiHeader with(final NiftiField field, final double... values) {
    if (field.isText() || values.length > field.length())
      throw new IllegalArgumentException(field + " cannot hold " + values.length + " numbers");
    final Map<NiftiField, double[]> changed = new EnumMap<>(NiftiField.class);
    changed.putAll(numbers);
    changed.put(field, Arrays.copyOf(values, field.length()));
    return new NiftiHeader(version, byteOrder, pair, changed, texts, extensions);
  }

  /** A copy with another text, cut to the field's length when written. */
  public NiftiHeader with(final NiftiField field, final String text) {
    if (!field.isText()) throw new IllegalArgumentException(field + " holds no text");
    final Map<NiftiField, String> changed = new EnumMap<>(NiftiField.class);
    changed.putAll(texts);
    changed.put(field, text);
    return new NiftiHeader(version, byteOrder, pair, numbers, changed, extensions);
  }

  /** A copy with other extensions. */
  public NiftiHeader withExtensions(final List<NiftiExtension> other) {
    return new NiftiHeader(version, byteOrder, pair, numbers, texts, other);
  }

  /**
   * The header for an image computed from this one: geometry codes and matrices, units and free
   * texts stay; what belongs to the values (intent, display range, scaling, extensions) goes.
   */
  public NiftiHeader forDerivedValues() {
    return with(NiftiField.INTENT_CODE, 0)
        .with(NiftiField.INTENT_P)
        .with(NiftiField.INTENT_NAME, "")
        .with(NiftiField.CAL_MIN, 0)
        .with(NiftiField.CAL_MAX, 0)
        .withExtensions(List.of());
  }
}
