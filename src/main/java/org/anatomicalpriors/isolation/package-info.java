/**
 * Loads the core so that its TensorFlow and other libraries neither disturb those of other plugins
 * nor are disturbed by them. Runs on Java 8.
 */
package org.anatomicalpriors.isolation;
