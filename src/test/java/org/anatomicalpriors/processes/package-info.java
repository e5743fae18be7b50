/** Programs, above all Java, in processes of their own: started, watched, killed. */
package org.anatomicalpriors.processes;
