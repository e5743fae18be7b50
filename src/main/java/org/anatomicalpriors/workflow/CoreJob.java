package org.anatomicalpriors.workflow;

import java.util.List;
import org.anatomicalpriors.job.Job;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.tensorflow.EngineSettings;

/** What the definitions of jobs share. */
public abstract class CoreJob implements Job {

  private final String name;
  private final String description;
  private final List<String> examples;

  protected CoreJob(final String name, final String description, final String... examples) {
    this.name = name;
    this.description = description;
    this.examples = List.of(examples);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String description() {
    return description;
  }

  @Override
  public final List<String> examples() {
    return examples;
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of();
  }

  /** Those of a job that computes with TensorFlow; others override it. */
  @Override
  public List<Setting<?>> machine() {
    return EngineSettings.ALL;
  }

  @Override
  public final String toString() {
    return name;
  }
}
