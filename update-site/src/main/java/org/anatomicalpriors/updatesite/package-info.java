/**
 * Makes, checks and installs the update site, in the format of ImageJ's updater (read from the
 * sources of imagej-updater 2.0). No part of the plugin.
 */
package org.anatomicalpriors.updatesite;
