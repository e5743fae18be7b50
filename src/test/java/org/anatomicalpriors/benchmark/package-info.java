/**
 * Measures speed and memory beside what the machine can do, and writes {@code docs/performance.md};
 * run by {@code scripts/benchmark}.
 */
package org.anatomicalpriors.benchmark;
