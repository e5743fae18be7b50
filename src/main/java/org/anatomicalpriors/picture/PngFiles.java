package org.anatomicalpriors.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.anatomicalpriors.files.AtomicFiles;

/** Writes pictures as PNG files. */
public final class PngFiles {

  private PngFiles() {}

  /** Writes the picture, replacing the file if there is one. */
  public static void write(final BufferedImage picture, final Path file) {
    AtomicFiles.write(
        file,
        out -> {
          if (!ImageIO.write(picture, "png", out))
            throw new IOException("this Java cannot write PNG files");
        });
  }
}
