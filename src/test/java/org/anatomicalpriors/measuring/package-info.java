/** What studies of accuracy and benchmarks share: peak memory, progress, documents with tables. */
package org.anatomicalpriors.measuring;
