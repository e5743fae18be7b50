/** How priors and segmenters are learned: data sets, augmentation, training loops. */
package org.anatomicalpriors.training;
