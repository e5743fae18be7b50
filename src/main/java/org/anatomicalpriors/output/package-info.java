/** What a segmentation leaves on the disk: the same files whichever face of the plugin asked. */
package org.anatomicalpriors.output;
