package org.anatomicalpriors.tensorflow;

/**
 * A person's answer to whether TensorFlow's native library may be fetched from the network. Asked
 * at most once a start of the engine, and only where the library is nowhere else.
 */
public interface DownloadConsent {

  /** Where nobody can be asked. */
  DownloadConsent NEVER = offer -> false;

  /** Where it was said before, by a setting. */
  DownloadConsent GIVEN = offer -> true;

  /**
   * May block, such as for a dialog.
   *
   * @param offer what would be fetched, as a question ends: "TensorFlow's native library (140 MB)
   *     from URL into FOLDER"
   */
  boolean agreesTo(String offer);
}
