/**
 * The jobs that the plugin does, as every face sees them: a name, the settings that each takes, and
 * a run that ends in tables and files. Shell, menus, scripts and the parameter reference are made
 * from these definitions. Runs on Java 8, where Fiji may load it without the rest.
 */
package org.anatomicalpriors.job;
