package org.anatomicalpriors.benchmark;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import org.anatomicalpriors.io.nifti.NiftiHeader;
import org.anatomicalpriors.io.nifti.NiftiImage;
import org.anatomicalpriors.io.nifti.NiftiReader;
import org.anatomicalpriors.io.nifti.NiftiWriter;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Grid;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Reading and writing a head at 1 mm as int16, beside the least that has to be done: bytes from or
 * to the disk's cache, packed or unpacked by the same library, turned into numbers.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class FilesBenchmark {

  private static final int LABELS = 17;
  private static final int BUFFER = 1 << 16;

  /** The writer's own level. */
  private static final int LEVEL = 4;

  /** A noisy image, or the label map that it shows, which is packed far smaller. */
  @Param({"image", "labels"})
  public String content;

  private Path folder;
  private Grid grid;
  private Img<UnsignedShortType> voxels;
  private byte[] bytes;

  @Setup
  public void setUp() throws IOException {
    grid = Heads.grid(1);
    final byte[] map = new Heads(LABELS, 0).map(grid);
    final short[] x =
        content.equals("image")
            ? Heads.image(map, IntStream.range(0, LABELS).toArray(), 1)
            : new short[map.length];
    if (content.equals("labels")) for (int v = 0; v < x.length; v++) x[v] = map[v];
    voxels = ArrayImgs.unsignedShorts(x, grid.size(0), grid.size(1), grid.size(2));
    folder = Files.createTempDirectory("benchmark");
    write("packed.nii.gz");
    write("plain.nii");
    bytes = Files.readAllBytes(folder.resolve("plain.nii"));
  }

  @TearDown
  public void tearDown() throws IOException {
    try (java.util.stream.Stream<Path> files = Files.list(folder)) {
      for (final Path file : (Iterable<Path>) files::iterator) Files.delete(file);
    }
    Files.delete(folder);
  }

  private void write(final String name) {
    new NiftiWriter().write(voxels, grid, NiftiHeader.empty(), folder.resolve(name));
  }

  private NiftiImage read(final String name) {
    return NiftiReader.read(folder.resolve(name), Progress.NONE);
  }

  /** Unpacks and turns into numbers, no more. */
  private short[] numbers(final InputStream in) throws IOException {
    final byte[] chunk = new byte[BUFFER];
    final ShortBuffer from = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    final short[] x = new short[bytes.length / 2];
    int done = 0;
    for (int n; (n = in.readNBytes(chunk, 0, BUFFER)) > 0; done += n / 2)
      from.rewind().get(x, done, n / 2);
    return x;
  }

  @Benchmark
  public short[] gunzip() throws IOException {
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(folder.resolve("packed.nii.gz")), BUFFER)) {
      return numbers(in);
    }
  }

  @Benchmark
  public NiftiImage readPacked() {
    return read("packed.nii.gz");
  }

  @Benchmark
  public short[] readBytes() throws IOException {
    try (InputStream in =
        new BufferedInputStream(Files.newInputStream(folder.resolve("plain.nii")), BUFFER)) {
      return numbers(in);
    }
  }

  @Benchmark
  public NiftiImage readPlain() {
    return read("plain.nii");
  }

  @Benchmark
  public void gzip() throws IOException {
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("written.gz")), BUFFER) {
          {
            def.setLevel(LEVEL);
          }
        }) {
      out.write(bytes);
    }
  }

  @Benchmark
  public void writePacked() {
    write("written.nii.gz");
  }

  @Benchmark
  public void writeBytes() throws IOException {
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(folder.resolve("written")), BUFFER)) {
      out.write(bytes);
    }
  }

  @Benchmark
  public void writePlain() {
    write("written.nii");
  }
}
