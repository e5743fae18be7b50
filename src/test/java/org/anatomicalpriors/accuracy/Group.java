package org.anatomicalpriors.accuracy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.anatomicalpriors.space.Affine;

/** Images of one kind whose mean is one cell of a table. */
final class Group {

  private final String name;
  private final List<Case> cases;
  private final Set<Integer> ignored;

  /**
   * @param ignored ids of labels that are not scored
   */
  Group(final String name, final List<Case> cases, final Set<Integer> ignored) {
    this.name = name;
    this.cases = List.copyOf(cases);
    this.ignored = ignored;
  }

  String name() {
    return name;
  }

  List<Case> cases() {
    return cases;
  }

  Set<Integer> ignored() {
    return ignored;
  }

  Group moved(final String newName, final Affine moved) {
    return new Group(
        newName, cases.stream().map(c -> c.moved(moved)).collect(Collectors.toList()), ignored);
  }
}
