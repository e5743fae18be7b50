/** Where voxels lie: grids, affine maps, resampling and alignment by label centroids. */
package org.anatomicalpriors.space;
