package org.anatomicalpriors.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ModelExportsTest {

  @Test
  void filesLieBesideTheOutputAndSortByStep() {
    assertEquals(
        Path.of("models", "brain-step-001200.zip"),
        ModelExports.file(Path.of("models", "brain.zip"), 1200));
    assertEquals(Path.of("a.b-step-1234567.zip"), ModelExports.file(Path.of("a.b"), 1_234_567));
  }
}
