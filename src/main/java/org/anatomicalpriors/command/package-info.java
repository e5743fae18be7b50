/**
 * Fiji's menu {@code Plugins > Segmentation > Anatomical Priors}: a thin command for each job. What
 * a command asks for is made from the job's settings, so that a new setting appears here by itself.
 * Runs on Java 8, where it says that Java 11 is needed.
 */
package org.anatomicalpriors.command;
