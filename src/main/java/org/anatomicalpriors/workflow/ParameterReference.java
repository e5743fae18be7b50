package org.anatomicalpriors.workflow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.job.Job;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Setting.Kind;

/** All parameters as Markdown, a table for each job, rendered from their definitions. */
public final class ParameterReference {

  /** How to make the text anew. */
  public static final String COMMAND =
      "scripts/anatomical-priors parameters --output docs/parameters.md";

  private static final String INTRODUCTION =
      "# Parameters\n\n"
          + "Rendered from the definitions in the code by `"
          + COMMAND
          + "`; do not edit.\n\n"
          + "Each parameter is one definition, which the shell, Fiji's dialogs, macros and scripts"
          + " share. Shells take it as the option in the first column; an *argument* is given"
          + " without its name. Macros (`run(\"Train Prior...\", \"labels=maps output=brain.zip\")`)"
          + " and scripts (`priors.train(\"maps\", {\"output\": \"brain.zip\"})`) take it by the key in"
          + " the second column. Several files are parted by spaces in a shell and by `;` elsewhere;"
          + " scripts may give lists. A switch is `true` or `false` in a script; a shell gives it"
          + " without a value, and `--no-...` switches one off that is on by default.\n";

  private final List<Job> jobs;
  private final Map<String, String> menu;
  private final StringBuilder others = new StringBuilder();

  /**
   * @param menu labels of the jobs' commands in Fiji, by the jobs' names
   */
  public ParameterReference(final List<Job> jobs, final Map<String, String> menu) {
    this.jobs = List.copyOf(jobs);
    this.menu = new LinkedHashMap<>(menu);
  }

  /** Adds a table of what commands take that no shell has. */
  public ParameterReference with(
      final String heading, final String description, final List<Setting<?>> settings) {
    others.append("\n## ").append(heading).append("\n\n").append(description);
    others.append("\n\n| key | takes | default | unit | example | description |\n");
    others.append("| --- | --- | --- | --- | --- | --- |\n");
    for (final Setting<?> s : settings) {
      others.append("| ").append(code(key(s)));
      definition(others, s);
    }
    return this;
  }

  /** The whole text; lines end with a line feed. */
  public String render() {
    final StringBuilder text = new StringBuilder(INTRODUCTION);
    for (final Job job : jobs) {
      text.append("\n## ").append(job.name()).append("\n\n");
      text.append(job.description());
      if (menu.containsKey(job.name()))
        text.append(" In Fiji: *").append(menu.get(job.name())).append("*.");
      text.append("\n\n```sh\n");
      for (final String example : job.examples())
        text.append("anatomical-priors ").append(example).append('\n');
      text.append("```\n\n| shell | key | takes | default | unit | example | description |\n");
      text.append("| --- | --- | --- | --- | --- | --- | --- |\n");
      for (final Setting<?> s : job.parameters()) {
        text.append("| ").append(option(s, job.argument()));
        cell(text, code(key(s)));
        definition(text, s);
      }
    }
    return text.append(others).toString();
  }

  /** As a shell takes it. */
  private static String option(final Setting<?> s, final String argument) {
    if (s.name().equals(argument)) return "*argument*";
    final boolean on = Boolean.TRUE.equals(s.defaultValue());
    return code((on ? "--no-" : "--") + s.name());
  }

  /** As macros and scripts take it. */
  private static String key(final Setting<?> s) {
    return s.name().replace('-', '_');
  }

  private static void definition(final StringBuilder text, final Setting<?> s) {
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
    if (s.kind() == Kind.FLAG) return "true or false";
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
