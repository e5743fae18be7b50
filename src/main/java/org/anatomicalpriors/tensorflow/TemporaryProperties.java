package org.anatomicalpriors.tensorflow;

import java.util.LinkedHashMap;
import java.util.Map;

/** System properties that libraries read while they start, put back afterwards for all others. */
final class TemporaryProperties implements AutoCloseable {

  private final Map<String, String> before = new LinkedHashMap<>();

  TemporaryProperties set(final String name, final String value) {
    keep(name);
    System.setProperty(name, value);
    return this;
  }

  /** Puts back what somebody else will set. */
  TemporaryProperties keep(final String name) {
    if (!before.containsKey(name)) before.put(name, System.getProperty(name));
    return this;
  }

  @Override
  public void close() {
    before.forEach(
        (name, value) -> {
          if (value == null) System.clearProperty(name);
          else System.setProperty(name, value);
        });
  }
}
