package org.anatomicalpriors.fiji;

import ij.gui.YesNoCancelDialog;
import ij.macro.Interpreter;
import java.awt.GraphicsEnvironment;
import org.anatomicalpriors.tensorflow.DownloadConsent;

/** Asks with a dialog whether TensorFlow's native library may be fetched. */
public final class DownloadQuestion implements DownloadConsent {

  private DownloadQuestion() {}

  /** A dialog where a person can see it; elsewhere nothing is fetched. */
  public static DownloadConsent ask() {
    return GraphicsEnvironment.isHeadless() || Interpreter.isBatchMode()
        ? NEVER
        : new DownloadQuestion();
  }

  @Override
  public boolean agreesTo(final String offer) {
    return new YesNoCancelDialog(null, "Anatomical Priors", text(offer), "Fetch it", "Not now")
        .yesPressed();
  }

  static String text(final String offer) {
    return "Computing needs a library that is not on this computer yet:\n"
        + offer.replace(" from ", "\nfrom ").replace(" into ", "\ninto ")
        + "\nFetch it now? This is done once.";
  }
}
