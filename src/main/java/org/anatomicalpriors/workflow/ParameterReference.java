package org.anatomicalpriors.workflow;

import java.util.List;
import org.anatomicalpriors.job.Job;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Setting.Kind;

/** All parameters of jobs as Markdown, a table for each job, rendered from their definitions. */
public final class ParameterReference {

  private static final String INTRODUCTION =
      "# Parameters\n\n"
          + "Rendered from the definitions in the code by"
          + " `scripts/anatomical-priors parameters --output docs/parameters.md`; do not edit.\n\n"
          + "A parameter has one name everywhere. In a shell it is the option `--name`, and an"
          + " *argument* is given without its name. In scripts and macros it is `name`; where a"
          + " language does not allow hyphens, write `_` instead. Paths of several files are parted"
          + " by spaces in a shell and by `;` elsewhere. A flag whose default is `true` is switched"
          + " off by `--no-name` in a shell.\n";

  private final List<Job> jobs;

  public ParameterReference(final List<Job> jobs) {
    this.jobs = List.copyOf(jobs);
  }

  /** The whole text; lines end with a line feed. */
  public String render() {
    final StringBuilder text = new StringBuilder(INTRODUCTION);
    for (final Job job : jobs) {
      text.append("\n## ").append(job.name()).append("\n\n");
      text.append(job.description()).append("\n\n```sh\n");
      for (final String example : job.examples())
        text.append("anatomical-priors ").append(example).append('\n');
      text.append("```\n\n| name | takes | default | unit | example | description |\n");
      text.append("| --- | --- | --- | --- | --- | --- |\n");
      for (final Setting<?> s : job.parameters()) row(text, s, s.name().equals(job.argument()));
    }
    return text.toString();
  }

  private static void row(final StringBuilder text, final Setting<?> s, final boolean argument) {
    text.append("| `").append(s.name()).append('`').append(argument ? " (argument)" : "");
    cell(text, takes(s));
    cell(text, s.isRequired() ? "*needed*" : code(defaultValue(s)));
    cell(text, s.unit());
    cell(text, code(s.example()));
    cell(text, s.description());
    text.append(" |\n");
  }

  private static void cell(final StringBuilder text, final String content) {
    text.append(" |").append(content.isEmpty() ? "" : " " + content.replace("|", "\\|"));
  }

  /** What it takes; the unit has a column of its own. */
  private static String takes(final Setting<?> s) {
    if (s.kind() == Kind.FLAG) return "`true` or `false`";
    final String range = s.range();
    return s.unit().isEmpty() ? range : range.replace(" " + s.unit(), "");
  }

  private static <T> String defaultValue(final Setting<T> s) {
    return s.format(s.defaultValue());
  }

  private static String code(final String value) {
    return value.isEmpty() ? "" : "`" + value + "`";
  }
}
