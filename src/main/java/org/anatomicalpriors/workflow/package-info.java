/**
 * What the plugin does with files, one class per job. A job is defined once, with its settings, and
 * run by every face of the plugin: shell, menus, scripts. Nothing here prints or asks.
 */
package org.anatomicalpriors.workflow;
