package org.anatomicalpriors.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Collectors;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.files.UserCache;
import org.anatomicalpriors.labels.Label;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.model.ModelDescription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadyModelsTest {

  private static final long MOST_BYTES = 5_000_000;

  @TempDir private Path folder;
  private String before;

  @BeforeEach
  void cacheOfTheTest() {
    before = System.getProperty(UserCache.VARIABLE);
    System.setProperty(UserCache.VARIABLE, folder.resolve("cache").toString());
  }

  @AfterEach
  void cacheOfTheUser() {
    if (before == null) System.clearProperty(UserCache.VARIABLE);
    else System.setProperty(UserCache.VARIABLE, before);
  }

  @Test
  void theBrainIsASmallPriorOfTheCompactLabelsThatReadsImages() throws IOException {
    final Path file = ReadyModels.find(Path.of("brain"));
    assertTrue(file.startsWith(folder) && file.endsWith("brain.zip"), file.toString());
    assertTrue(Files.size(file) < MOST_BYTES, Files.size(file) + " bytes");
    final ModelDescription d = ModelBundle.describe(file);
    assertEquals(ids(LabelSetCsv.open("freesurfer-compact")), ids(d.labels()));
    assertEquals(14, d.provenance().data().size(), "label maps");
    assertTrue(d.seesImages());
  }

  private static List<Integer> ids(final LabelSet labels) {
    return labels.labels().stream().map(Label::id).collect(Collectors.toList());
  }

  @Test
  void itIsUnpackedOnceAndAgainWhenItsFileIsNotWhole() throws IOException {
    final Path file = ReadyModels.find(Path.of("brain"));
    final byte[] whole = Files.readAllBytes(file);
    final FileTime time = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(file, time);
    assertEquals(file, ReadyModels.find(Path.of("brain")));
    assertEquals(time, Files.getLastModifiedTime(file));
    Files.write(file, new byte[100]);
    assertArrayEquals(whole, Files.readAllBytes(ReadyModels.find(Path.of("brain"))));
  }

  @Test
  void filesAndOtherNamesStayWhatTheyAre() {
    assertNull(ReadyModels.find(null));
    for (final String other : new String[] {"kidney", "brain.zip", "models/brain"})
      assertEquals(Path.of(other), ReadyModels.find(Path.of(other)));
    final InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> ModelBundle.describe(Path.of("kidney")));
    assertTrue(e.getMessage().contains("brain"), e.getMessage());
  }

  @Test
  void aCacheThatCannotBeWrittenIsNamed() throws IOException {
    Files.write(folder.resolve("cache"), new byte[1]); // a file where the folder would be
    final InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> ReadyModels.find(Path.of("brain")));
    assertTrue(e.getMessage().contains(UserCache.VARIABLE), e.getMessage());
  }
}
