package org.anatomicalpriors.model;

import java.util.List;

/** What a step of learning keeps in memory for its gradients: less and less of it. */
public enum Keeping {
  /** What all levels of the networks compute. */
  ALL("without recomputation"),
  /** The output of each level; what is inside is computed again. */
  LEVELS(
      "with recomputation, which takes less memory, about a third more time, and gives the same result"),
  /** As before, and of the finest level only one slab at a time. */
  SLABS(
      "with recomputation in slabs, which takes the least memory, about half more time, and gives the same result but for rounding");

  private final String how;

  Keeping(final String how) {
    this.how = how;
  }

  /** How one learns so, and what that costs, as the end of a sentence. */
  public String how() {
    return how;
  }

  /** The one that keeps less; itself if there is none. */
  public Keeping next() {
    return values()[Math.min(ordinal() + 1, values().length - 1)];
  }

  boolean recomputes() {
    return this != ALL;
  }

  /** Parts in which the finest level is computed, one after another. */
  List<Slab> slabs(final Architecture a) {
    return this == SLABS ? Slab.thin(a) : List.of(Slab.whole(a));
  }
}
