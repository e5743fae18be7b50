/**
 * Measures accuracy on real label maps and images and writes {@code docs/accuracy.md}; run by
 * {@code scripts/accuracy}.
 */
package org.anatomicalpriors.accuracy;
