/** Unsupervised segmentation with anatomical priors learned from label maps alone. */
package org.anatomicalpriors;
