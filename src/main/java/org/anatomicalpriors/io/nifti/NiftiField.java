package org.anatomicalpriors.io.nifti;

/**
 * The fields of a NIfTI header that mean something (those kept for ANALYZE 7.5 are left out): where
 * each lies in the 348 bytes of NIfTI-1 and the 540 bytes of NIfTI-2, and as what number. Offsets
 * and types from {@code nifti1.h} and {@code nifti2.h}.
 */
public enum NiftiField {
  DIM_INFO(1, Kind.BYTE, 39, Kind.BYTE, 524),
  DIM(8, Kind.SHORT, 40, Kind.LONG, 16),
  INTENT_P(3, Kind.FLOAT, 56, Kind.DOUBLE, 80),
  INTENT_CODE(1, Kind.SHORT, 68, Kind.INT, 504),
  DATATYPE(1, Kind.SHORT, 70, Kind.SHORT, 12),
  BITPIX(1, Kind.SHORT, 72, Kind.SHORT, 14),
  SLICE_START(1, Kind.SHORT, 74, Kind.LONG, 224),
  PIXDIM(8, Kind.FLOAT, 76, Kind.DOUBLE, 104),
  VOX_OFFSET(1, Kind.FLOAT, 108, Kind.LONG, 168),
  SCL_SLOPE(1, Kind.FLOAT, 112, Kind.DOUBLE, 176),
  SCL_INTER(1, Kind.FLOAT, 116, Kind.DOUBLE, 184),
  SLICE_END(1, Kind.SHORT, 120, Kind.LONG, 232),
  SLICE_CODE(1, Kind.BYTE, 122, Kind.INT, 496),
  XYZT_UNITS(1, Kind.BYTE, 123, Kind.INT, 500),
  CAL_MAX(1, Kind.FLOAT, 124, Kind.DOUBLE, 192),
  CAL_MIN(1, Kind.FLOAT, 128, Kind.DOUBLE, 200),
  SLICE_DURATION(1, Kind.FLOAT, 132, Kind.DOUBLE, 208),
  TOFFSET(1, Kind.FLOAT, 136, Kind.DOUBLE, 216),
  DESCRIP(80, Kind.TEXT, 148, Kind.TEXT, 240),
  AUX_FILE(24, Kind.TEXT, 228, Kind.TEXT, 320),
  QFORM_CODE(1, Kind.SHORT, 252, Kind.INT, 344),
  SFORM_CODE(1, Kind.SHORT, 254, Kind.INT, 348),
  QUATERN(3, Kind.FLOAT, 256, Kind.DOUBLE, 352),
  QOFFSET(3, Kind.FLOAT, 268, Kind.DOUBLE, 376),
  SROW(12, Kind.FLOAT, 280, Kind.DOUBLE, 400),
  INTENT_NAME(16, Kind.TEXT, 328, Kind.TEXT, 508);

  /** How a field is stored. */
  enum Kind {
    BYTE,
    SHORT,
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    TEXT
  }

  private final int length;
  private final Kind[] kind;
  private final int[] offset;

  NiftiField(
      final int length, final Kind kind1, final int offset1, final Kind kind2, final int offset2) {
    this.length = length;
    this.kind = new Kind[] {kind1, kind2};
    this.offset = new int[] {offset1, offset2};
  }

  /** Numbers in the field, or the most bytes of a text. */
  public int length() {
    return length;
  }

  /** True for the fields that hold text. */
  public boolean isText() {
    return kind[0] == Kind.TEXT;
  }

  Kind kind(final int version) {
    return kind[version - 1];
  }

  int offset(final int version) {
    return offset[version - 1];
  }
}
