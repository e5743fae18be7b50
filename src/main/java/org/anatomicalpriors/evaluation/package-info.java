/** How well a segmentation agrees with a reference: overlap, surface distances and volumes. */
package org.anatomicalpriors.evaluation;
