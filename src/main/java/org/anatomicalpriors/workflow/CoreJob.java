package org.anatomicalpriors.workflow;

import java.util.List;
import org.anatomicalpriors.job.Job;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.DownloadConsent;
import org.anatomicalpriors.tensorflow.Engine;
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

  /** Starts the engine on the {@link EngineSettings}; who runs the job is asked for a download. */
  public static Engine engine(final Settings values, final JobContext context) {
    return EngineSettings.start(values, context.progress(), consent(context));
  }

  /** Who is asked whether something may be fetched. */
  static DownloadConsent consent(final JobContext context) {
    return context.find(DownloadConsent.class).orElse(DownloadConsent.NEVER);
  }

  @Override
  public final String toString() {
    return name;
  }
}
