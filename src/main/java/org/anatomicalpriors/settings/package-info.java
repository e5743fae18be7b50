/**
 * Settings as values: each one is defined once (name, type, default, unit, limits, description)
 * beside the code that obeys it, and every face of the plugin derives its option from that.
 */
package org.anatomicalpriors.settings;
