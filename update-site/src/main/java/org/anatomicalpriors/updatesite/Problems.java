package org.anatomicalpriors.updatesite;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a site, a sentence each. */
final class Problems {

  private final List<String> sentences = new ArrayList<>();

  void require(final boolean holds, final String sentence) {
    if (!holds) sentences.add(sentence);
  }

  List<String> sentences() {
    return List.copyOf(sentences);
  }
}
