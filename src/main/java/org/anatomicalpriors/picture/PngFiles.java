package org.anatomicalpriors.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.imageio.ImageIO;

/** Writes pictures as PNG files. */
public final class PngFiles {

  private PngFiles() {}

  /** Writes the picture, replacing the file if there is one. */
  public static void write(final BufferedImage picture, final Path file) throws IOException {
    final Path temporary =
        Files.createTempFile(file.toAbsolutePath().getParent(), ".picture", ".png");
    try {
      if (!ImageIO.write(picture, "png", temporary.toFile()))
        throw new IOException("This Java cannot write PNG files.");
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
