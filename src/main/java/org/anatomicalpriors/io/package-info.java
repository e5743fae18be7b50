/** Files in and out: images (NIfTI, TIFF) and the atomic writing of any file. */
package org.anatomicalpriors.io;
