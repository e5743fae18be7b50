package org.anatomicalpriors.batch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.anatomicalpriors.files.Claims;
import org.anatomicalpriors.output.InputFile;
import org.anatomicalpriors.segmentation.Segmentation;
import org.anatomicalpriors.segmentation.Subject;

/** An image on its way; in the hands of one thread at a time. */
final class Flight {

  final BatchImage image;
  final Map<String, Double> seconds = new LinkedHashMap<>();
  Claims.Claim claim;
  InputFile input;
  Subject subject;
  Segmentation result;

  Flight(final BatchImage image) {
    this.image = image;
  }

  /** Forgets what was read and found, and lets others claim the image. */
  void land() {
    subject = null;
    result = null;
    input = null;
    seconds.clear();
    if (claim != null) claim.close();
    claim = null;
  }
}
