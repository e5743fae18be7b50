/**
 * Segments many files on a cluster with Apache Spark, which the cluster provides: the plugin does
 * not ship it, and no other package knows of this one.
 */
package org.anatomicalpriors.spark;
