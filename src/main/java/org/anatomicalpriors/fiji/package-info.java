/**
 * The core behind Fiji's commands and scripts: images of ImageJ in any axis order become volumes,
 * and results become images of ImageJ with the label set's names and colours.
 */
package org.anatomicalpriors.fiji;
