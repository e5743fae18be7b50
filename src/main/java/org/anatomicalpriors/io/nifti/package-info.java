/**
 * NIfTI-1.1 and NIfTI-2 files as imglib2 images. Written from the format's own description (the
 * comments of {@code nifti1.h} and {@code nifti2.h}).
 */
package org.anatomicalpriors.io.nifti;
