/**
 * What scripts and commands call inside Fiji. The types here are all that Fiji's class path sees of
 * the plugin beside its commands; the work is done by a {@link
 * org.anatomicalpriors.service.Backend} that is loaded when first needed, apart from other plugins'
 * libraries. Runs on Java 8, where it says that Java 11 is needed.
 */
package org.anatomicalpriors.service;
