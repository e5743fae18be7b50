/** What the structures of an anatomy are called: ids, names, colours, merges, intensity groups. */
package org.anatomicalpriors.labels;
