/**
 * Everything that touches DJL and TensorFlow but knows no anatomy: natives, devices, sessions,
 * layers, gradients, the optimiser, SavedModels and tensors. Tensors are in TensorFlow's order,
 * batch, z, y, x, channel ({@code NDHWC}), which is imglib2's order read from the last axis.
 */
package org.anatomicalpriors.tensorflow;
