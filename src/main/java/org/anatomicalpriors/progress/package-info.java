/** How long work reports its progress and learns that it should stop. */
package org.anatomicalpriors.progress;
