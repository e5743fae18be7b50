package org.anatomicalpriors.job;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a job ended in. */
public final class JobResult {

  private final List<ResultTable> tables = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();
  private final List<String> messages = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  /** Adds a table for the person to read. */
  public JobResult table(final ResultTable table) {
    tables.add(table);
    return this;
  }

  /** Adds a file or folder that was written. */
  public JobResult file(final Path file) {
    files.add(file);
    return this;
  }

  /** Adds a text for the person to read. */
  public JobResult message(final String text) {
    messages.add(text);
    return this;
  }

  /** Adds a sentence about something that could not be done; the rest was. */
  public JobResult failure(final String sentence) {
    failures.add(sentence);
    return this;
  }

  public List<ResultTable> tables() {
    return Collections.unmodifiableList(tables);
  }

  public List<Path> files() {
    return Collections.unmodifiableList(files);
  }

  public List<String> messages() {
    return Collections.unmodifiableList(messages);
  }

  /** What could not be done; a shell ends with exit code 1 if there is any. */
  public List<String> failures() {
    return Collections.unmodifiableList(failures);
  }
}
