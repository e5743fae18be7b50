package org.anatomicalpriors.job;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.anatomicalpriors.settings.Setting;

/** All that a job takes, in the order in which people are asked. */
final class JobParameters {

  private JobParameters() {}

  static List<Setting<?>> of(final Job job) {
    final List<Setting<?>> all = new ArrayList<>(job.files());
    all.addAll(job.settings());
    all.addAll(job.machine());
    return Collections.unmodifiableList(all);
  }
}
