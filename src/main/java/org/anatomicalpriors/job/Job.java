package org.anatomicalpriors.job;

import java.io.IOException;
import java.util.List;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;

/** Something that the plugin does with files, defined once for every face of it. */
public interface Job {

  /** Words joined by hyphens, such as {@code train-prior}: the shell's command. */
  String name();

  /** What it does, in a sentence or two. */
  String description();

  /** What it reads and writes. */
  List<Setting<?>> files();

  /** How the work is done. */
  List<Setting<?>> settings();

  /** On what it is done: device, threads, messages. */
  List<Setting<?>> machine();

  /**
   * Name of the one of {@link #files} that a shell takes without its name, or an empty string if
   * none is.
   */
  default String argument() {
    return "";
  }

  /** Command lines as examples, without the program's name. */
  List<String> examples();

  /** {@link #files}, {@link #settings} and {@link #machine} in this order. */
  default List<Setting<?>> parameters() {
    return JobParameters.of(this);
  }

  /**
   * Does the work; returns when it has ended.
   *
   * @param values of {@link #parameters}, complete
   * @throws org.anatomicalpriors.InvalidInputException if something given cannot be used
   * @throws org.anatomicalpriors.progress.CancelledException if it was stopped on request
   */
  JobResult run(Settings values, JobContext context) throws IOException;
}
