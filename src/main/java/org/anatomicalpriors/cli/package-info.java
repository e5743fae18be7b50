/** The jobs of the plugin from a shell, without Fiji. */
package org.anatomicalpriors.cli;
