/**
 * The generative model of Dalca, Guttag and Sabuncu (CVPR 2018, arXiv 1903.03148) as graphs: label
 * encoder, decoder, objectives, and the intensity model with its closed-form updates.
 *
 * <p>Shapes: V voxels in x-fastest order, L labels, C intensity components; volumes are (1, z, y,
 * x, channels).
 */
package org.anatomicalpriors.model;
