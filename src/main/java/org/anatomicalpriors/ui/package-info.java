/** Windows: training under way. Swing; all components live on the event thread. */
package org.anatomicalpriors.ui;
