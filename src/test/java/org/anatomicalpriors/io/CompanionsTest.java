package org.anatomicalpriors.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.anatomicalpriors.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompanionsTest {

  @TempDir Path folder;

  private Path file(final String name) throws IOException {
    final Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }

  private static String refusal(final Path given, final List<Path> images) {
    return assertThrows(
            InvalidInputException.class, () -> Companions.of(Companions.Kind.MASK, given, images))
        .getMessage();
  }

  @Test
  void namesDecideInAFolder() throws IOException {
    final Path a = file("images/a.nii.gz"), b = file("images/b.nii"), c = file("images/c.tif");
    final Path maskA = file("masks/a-mask.nii"), maskB = file("masks/b_mask.nii.gz");
    final Path maskC = file("masks/c.nii.gz");
    final Companions masks =
        Companions.of(Companions.Kind.MASK, folder.resolve("masks"), List.of(a, b, c));
    assertEquals(maskA, masks.of(a));
    assertEquals(maskB, masks.of(b));
    assertEquals(maskC, masks.of(c));
    assertNull(Companions.of(Companions.Kind.MASK, null, List.of(a)).of(a));
  }

  @Test
  void oneMaskIsForOneImage() throws IOException {
    final Path a = file("a.nii.gz"), b = file("b.nii.gz"), mask = file("m.nii.gz");
    assertEquals(mask, Companions.of(Companions.Kind.MASK, mask, List.of(a)).of(a));
    final String refusal = refusal(mask, List.of(a, b));
    assertTrue(refusal.contains("was given for 2 images; give a folder"), refusal);
  }

  @Test
  void whatCannotBeToldIsRefused() throws IOException {
    final Path a = file("one/a.nii.gz"), b = file("two/a.nii.gz");
    file("masks/a-mask.nii");
    final String shared = refusal(folder.resolve("masks"), List.of(a, b));
    assertTrue(shared.contains("has the name of " + a + " and of " + b), shared);
    file("masks/a-mask.tif");
    final String twice = refusal(folder.resolve("masks"), List.of(a));
    assertTrue(twice.contains("only one can be the mask"), twice);
  }

  @Test
  void anImageIsNoMaskOfItself() throws IOException {
    final Path a = file("images/a.nii.gz"), b = file("images/b.nii.gz");
    file("images/a-mask.nii.gz");
    final String refusal = refusal(folder.resolve("images"), List.of(a, b));
    assertTrue(refusal.contains("no mask for " + b), refusal);
    assertTrue(refusal.contains("call it b-mask.nii.gz"), refusal);
  }

  @Test
  void aChannelOfTheSameBidsEntitiesIsFound() throws IOException {
    final Path a = file("t1/sub-01_ses-2_T1w.nii.gz");
    final Path flair = file("flair/sub-01_ses-2_FLAIR.nii.gz");
    file("flair/sub-02_ses-2_FLAIR.nii.gz");
    final Path flairs = folder.resolve("flair");
    assertEquals(flair, Companions.of(Companions.Kind.CHANNEL, flairs, List.of(a)).of(a));
    file("flair/sub-01_ses-2_T2w.nii.gz");
    final String sentence =
        assertThrows(
                InvalidInputException.class,
                () -> Companions.of(Companions.Kind.CHANNEL, flairs, List.of(a)))
            .getMessage();
    assertTrue(sentence.contains("holds more than one channel"), sentence);
  }

  @Test
  void likeNamesThatAreNotBidsAreNotTakenForOneAnother() throws IOException {
    final Path two = file("t1/case_2.nii.gz"), run = file("t1/sub-01_run-2.nii.gz");
    file("t2/case_1.nii.gz");
    file("t2/sub-01_run-1.nii.gz");
    for (final Path image : List.of(two, run))
      assertThrows(
          InvalidInputException.class,
          () -> Companions.of(Companions.Kind.CHANNEL, folder.resolve("t2"), List.of(image)));
  }

  @Test
  void aMaskIsNotTakenForAContrastNorAContrastForAMask() throws IOException {
    final Path a = file("bids/sub-01_T1w.nii.gz"), flair = file("bids/sub-01_FLAIR.nii.gz");
    final Path folder = a.getParent();
    final String sentence = refusal(folder, List.of(a));
    assertTrue(sentence.contains("holds no mask"), sentence);
    final Path mask = file("bids/sub-01_desc-brain_mask.nii.gz");
    assertEquals(mask, Companions.of(Companions.Kind.MASK, folder, List.of(a)).of(a));
    assertEquals(flair, Companions.of(Companions.Kind.CHANNEL, folder, List.of(a)).of(a));
    file("bids/sub-01_mask.nii.gz");
    assertTrue(refusal(folder, List.of(a)).contains("holds more than one mask"));
    assertEquals(flair, Companions.of(Companions.Kind.CHANNEL, folder, List.of(a)).of(a));
  }
}
