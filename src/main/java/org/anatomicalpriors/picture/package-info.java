/**
 * Pictures for reports and papers, drawn without a screen: slices with label outlines, galleries of
 * label maps, comparisons, and loss curves.
 */
package org.anatomicalpriors.picture;
