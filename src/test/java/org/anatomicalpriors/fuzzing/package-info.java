/**
 * Readers against files that were damaged on purpose: millions of ways, each the same again for the
 * same number. {@code scripts/fuzz} runs as many as wanted, the tests run some.
 */
package org.anatomicalpriors.fuzzing;
