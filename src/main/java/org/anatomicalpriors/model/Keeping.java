package org.anatomicalpriors.model;

import java.util.List;

/** What a step of learning keeps in memory for its gradients: less and less of it. */
public enum Keeping {
  /** What all levels of the networks compute. */
  ALL,
  /** The output of each level; what is inside is computed again. */
  LEVELS,
  /** As before, and of the finest level only one slab at a time. */
  SLABS;

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
