/**
 * Small invented anatomies, the same on every machine: label maps with individual variation and
 * images of two contrasts, for the demonstration and the tests.
 */
package org.anatomicalpriors.synthetic;
