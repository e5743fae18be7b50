package org.anatomicalpriors.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.anatomicalpriors.InvalidInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {

  @TempDir Path folder;

  @BeforeEach
  void makeFiles() throws IOException {
    Files.createDirectory(folder.resolve("t1"));
    for (final String name : List.of("t1/a.nii", "t1/b.nii", "mask.nii", "t2.nii", "pd.nii"))
      Files.createFile(folder.resolve(name));
  }

  private Path write(final String name, final String text) throws IOException {
    return Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }

  private List<BatchInput> inputs(final Path... given) {
    return BatchInputs.of(List.of(given)).with(List.of(), null, folder.resolve("results"));
  }

  @Test
  void aTableNamesImagesWithTheirMasksAndChannels() throws IOException {
    final List<BatchInput> inputs =
        inputs(
            write(
                "list.CSV",
                "\uFEFFMask, image,site,channels\r\nmask.nii,t1/a.nii,x,t2.nii; pd.nii\r\n\r\n"
                    + ",\""
                    + folder.resolve("t1/b.nii")
                    + "\",y,\r\n"));
    assertEquals(2, inputs.size());
    assertEquals(folder.resolve("t1/a.nii"), inputs.get(0).file());
    assertEquals(folder.resolve("mask.nii"), inputs.get(0).mask());
    assertEquals(
        List.of(folder.resolve("t2.nii"), folder.resolve("pd.nii")), inputs.get(0).channels());
    assertEquals(folder.resolve("t1/b.nii"), inputs.get(1).file());
    assertEquals(null, inputs.get(1).mask());
    assertEquals(List.of(), inputs.get(1).channels());
  }

  @Test
  void aTextNamesImagesAndFilesMayBeGivenBesideIt() throws IOException {
    final List<BatchInput> inputs =
        inputs(write("list.txt", "t1/a.nii\n\n  t1/b.nii  \n"), folder.resolve("t2.nii"));
    assertEquals(3, inputs.size());
  }

  private String refusal(final Path... given) {
    return assertThrows(InvalidInputException.class, () -> inputs(given)).getMessage();
  }

  @Test
  void whatCannotBeUsedIsToldInASentence() throws IOException {
    assertTrue(refusal(folder.resolve("no.csv")).contains("could not be read"));
    assertTrue(refusal(write("a.csv", "file\nt1/a.nii\n")).contains("has no column image"));
    assertTrue(refusal(write("b.csv", "image\n")).contains("lists no image"));
    assertTrue(refusal(write("c.txt", " \n")).contains("lists no image"));
    assertTrue(refusal(write("d.csv", "image,image\nx,y\n")).contains("could not be read"));
    assertTrue(refusal(write("e.txt", "t1/a.nii\ngone.nii\n")).startsWith("Line 2 of"));
    assertTrue(refusal(write("f.csv", "image,mask\n,mask.nii\n")).contains("names \"\""));
    assertTrue(refusal(write("g.txt", "t1/a.nii\nt1/../t1/a.nii\n")).contains("given twice"));
    assertTrue(
        refusal(write("h.csv", "image,channels\nt1/a.nii,t1/a.nii\n"))
            .contains("give each file once"));
    final Path list = write("i.txt", "t1/a.nii\n");
    assertTrue(refusal(list, folder.resolve("t1/a.nii")).contains("given twice"));
    assertTrue(
        assertThrows(
                InvalidInputException.class,
                () ->
                    BatchInputs.of(List.of(list))
                        .with(List.of(), folder.resolve("mask.nii"), folder))
            .getMessage()
            .contains("beside a manifest"));
    Files.write(folder.resolve("j.csv"), new byte[] {'i', (byte) 0xFF, (byte) 0xFE, 0});
    assertTrue(refusal(folder.resolve("j.csv")).contains("could not be read"));
  }
}
