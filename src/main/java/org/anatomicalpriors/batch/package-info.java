/**
 * Segments many files: reads, segments and writes at the same time, and can be stopped anywhere.
 */
package org.anatomicalpriors.batch;
