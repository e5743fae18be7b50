/**
 * Windows: training under way, and a prior to explore. Swing; all components live on the event
 * thread.
 */
package org.anatomicalpriors.ui;
