/**
 * Runs of the shell's commands that are killed, starved of disk space or otherwise mistreated, and
 * what they leave behind. {@code scripts/kill} runs them at length, the tests shortly.
 */
package org.anatomicalpriors.robustness;
