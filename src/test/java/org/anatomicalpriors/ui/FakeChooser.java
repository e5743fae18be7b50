package org.anatomicalpriors.ui;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** Answers questions for files with those that it was given, in their order. */
final class FakeChooser implements PathChooser {

  private final Deque<Path> answers = new ArrayDeque<>();

  void willChoose(final Path... files) {
    answers.addAll(Arrays.asList(files));
  }

  @Override
  public Path open(final String title) {
    return answers.remove();
  }

  @Override
  public List<Path> openMany(final String title) {
    return List.of(answers.remove());
  }

  @Override
  public Path save(final String title, final String name, final String ending) {
    return answers.remove();
  }
}
