package org.anatomicalpriors.fuzzing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.io.nifti.HeaderFields;
import org.anatomicalpriors.io.nifti.NiftiDataType;
import org.anatomicalpriors.io.nifti.NiftiExtension;
import org.anatomicalpriors.io.nifti.NiftiField;
import org.anatomicalpriors.io.nifti.NiftiHeader;
import org.anatomicalpriors.io.nifti.NiftiImage;
import org.anatomicalpriors.io.nifti.NiftiReader;
import org.anatomicalpriors.io.nifti.NiftiWriter;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;

/** NIfTI of all types, versions and byte orders, plain, compressed and in pairs. */
final class NiftiSource implements Source {

  /** Buffers, whatever the file is. */
  private static final long BASE = 3 << 19;

  /** An unsigned byte may become a double, and extensions are held in two forms. */
  private static final long PER_BYTE = 16;

  /** A compressed file that promises no more than this is believed at first. */
  private static final long BELIEVED = 64;

  private final List<Input> seeds = new ArrayList<>();

  /**
   * @param folder where the undamaged files are written, and deleted
   */
  NiftiSource(final Path folder) throws IOException {
    for (final NiftiDataType type : NiftiDataType.values())
      for (int version = 1; version <= 2; version++)
        for (final String ending : new String[] {".nii", ".nii.gz", ".hdr", ".img.gz"})
          seeds.add(seed(folder, type, version, ending));
  }

  private static Input seed(
      final Path folder, final NiftiDataType type, final int version, final String ending)
      throws IOException {
    final long[] size = ending.equals(".nii") ? new long[] {7, 5, 3} : new long[] {6, 4};
    final Affine turned = Affine.rotation(0, 1, 0.3).after(Affine.scale(1, 2, 1.5));
    final Grid grid =
        new Grid(
            new int[] {(int) size[0], (int) size[1], size.length > 2 ? (int) size[2] : 1},
            turned,
            "mm");
    NiftiHeader header = NiftiHeader.empty().with(NiftiField.DESCRIP, "seed " + type);
    if (type.bits() > 8)
      header =
          header.withExtensions(
              List.of(
                  new NiftiExtension(6, "a comment".getBytes()),
                  new NiftiExtension(4, new byte[40])));
    final Path file = folder.resolve("image" + ending);
    new NiftiWriter()
        .version(version)
        .byteOrder(type.bits() == 16 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
        .write(image(type, size), grid, header, file);
    final Input input = new Input().with(file.getFileName().toString(), Files.readAllBytes(file));
    try (Stream<Path> written = Files.list(folder)) {
      for (final Path f : written.sorted().collect(Collectors.toList())) {
        input.files.putIfAbsent(f.getFileName().toString(), Files.readAllBytes(f));
        Files.delete(f);
      }
    }
    return input;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static RandomAccessibleInterval<? extends RealType<?>> image(
      final NiftiDataType type, final long[] size) {
    final RandomAccessibleInterval image =
        new net.imglib2.img.array.ArrayImgFactory((NativeType) type.type()).create(size);
    final Cursor<RealType<?>> cursor = Views.flatIterable(image).cursor();
    for (int i = 0; cursor.hasNext(); i++) cursor.next().setReal(i % 100);
    return image;
  }

  @Override
  public String name() {
    return "NIfTI";
  }

  @Override
  public Input input(final SplittableRandom random) throws IOException {
    final Input seed = seeds.get(random.nextInt(seeds.size()));
    final Input other = seeds.get(random.nextInt(seeds.size()));
    final byte[] part = other.files.values().iterator().next();
    final Input input = new Input();
    final int damaged = random.nextInt(seed.files.size());
    for (final String name : seed.files.keySet()) {
      final byte[] file = seed.files.get(name);
      final boolean skipped = input.files.size() != damaged && random.nextInt(4) > 0;
      input.with(name, skipped ? file : damage(file, part, random));
    }
    return input;
  }

  private static byte[] damage(final byte[] file, final byte[] other, final SplittableRandom random)
      throws IOException {
    final boolean gzip = isGzip(file);
    if (gzip && random.nextInt(3) == 0) return ByteMutator.mutate(file, other, random);
    byte[] content = gzip ? unpack(file) : file.clone();
    final boolean header = HeaderFields.isHeader(content);
    if (header && random.nextInt(3) > 0)
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        final NiftiField field = NiftiField.values()[random.nextInt(NiftiField.values().length)];
        HeaderFields.set(content, field, random.nextInt(field.length()), Numbers.any(random));
      }
    if (!header || random.nextInt(3) == 0) content = ByteMutator.mutate(content, other, random);
    return gzip ? pack(content) : content;
  }

  private static boolean isGzip(final byte[] file) {
    return file.length > 1 && file[0] == 0x1f && file[1] == (byte) 0x8b;
  }

  private static byte[] unpack(final byte[] file) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(file))) {
      return in.readAllBytes();
    }
  }

  private static byte[] pack(final byte[] content) {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Override
  public void read(final Path file) {
    final NiftiImage image = NiftiReader.read(file, Progress.NONE);
    image.header().forDerivedValues();
    image.grid().describe();
    try {
      Images.open(file, Progress.NONE);
    } catch (final InvalidInputException e) { // several volumes, which the reader takes
      if (image.voxels().numDimensions() <= 3) throw e;
    }
  }

  @Override
  public long mostMemory(final Input input) {
    long most = BASE;
    for (final byte[] file : input.files.values())
      most += PER_BYTE * (isGzip(file) ? BELIEVED * file.length + unpacked(file) : file.length);
    return 2 * most; // it is read twice
  }

  /** Bytes that really come out, up to the first damage. */
  private static long unpacked(final byte[] file) {
    final byte[] buffer = new byte[1 << 12];
    long size = 0;
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(file))) {
      for (int n; (n = in.read(buffer)) > 0; ) size += n;
    } catch (final IOException e) {
      return size;
    }
    return size;
  }
}
