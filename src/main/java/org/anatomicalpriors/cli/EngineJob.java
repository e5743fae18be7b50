package org.anatomicalpriors.cli;

import java.util.List;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.tensorflow.EngineSettings;

/** A command that computes with TensorFlow. */
abstract class EngineJob extends Job {

  EngineJob(final Cancellation cancellation) {
    super(cancellation);
  }

  @Override
  final List<Setting<?>> machine() {
    return EngineSettings.ALL;
  }
}
