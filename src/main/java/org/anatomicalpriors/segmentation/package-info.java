/**
 * Segmenting images with a learned anatomy: alignment, the latent's posterior, the image's
 * intensities, and the closed form for the labels on the image's own grid.
 */
package org.anatomicalpriors.segmentation;
