package org.anatomicalpriors.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.files.Sha256;
import org.anatomicalpriors.io.nifti.NiftiReader;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.training.ImageSource;

/**
 * Image files as a source to learn from. Each is called by its base name, or, where several folders
 * hold files of one name, by folder and base name.
 *
 * <pre>{@code
 * ImageSource maps = ImageFiles.of(List.of(Path.of("label-maps")), progress);
 * }</pre>
 */
public final class ImageFiles implements ImageSource {

  private final List<Path> files;
  private final List<String> names;
  private final ChannelFiles channels;
  private final Progress progress;
  private final BitSet opened = new BitSet();

  private ImageFiles(
      final List<Path> files,
      final List<String> names,
      final ChannelFiles channels,
      final Progress progress) {
    this.files = files;
    this.names = names;
    this.channels = channels;
    this.progress = progress;
  }

  /**
   * The files given and those in the folders given, each looked at so far that a file without a
   * header is found out now.
   *
   * @param progress told once per file what had to be assumed about it
   * @throws InvalidInputException if a path does not exist, a folder holds no image, a file is none
   *     or is given twice
   */
  public static ImageFiles of(final Collection<Path> filesAndFolders, final Progress progress) {
    final List<Path> files = list(filesAndFolders);
    for (final Path f : files) if (ImagePaths.isNifti(f)) NiftiReader.readHeader(f);
    return new ImageFiles(files, names(files), ChannelFiles.of(List.of(), files), progress);
  }

  /**
   * The same images with other channels.
   *
   * @param given for every channel a file, if there is one image, or a folder
   * @throws InvalidInputException if there are too many, an image lacks one, or has a file twice
   */
  public ImageFiles withChannels(final List<Path> given) {
    return new ImageFiles(files, names, ChannelFiles.of(given, files), progress);
  }

  /**
   * The image files among the paths given and in the folders given.
   *
   * @throws InvalidInputException if a path does not exist, a folder holds no image, or a file is
   *     none or is given twice
   */
  public static List<Path> list(final Collection<Path> filesAndFolders) {
    final List<Path> files = new ArrayList<>();
    for (final Path p : filesAndFolders) files.addAll(Images.list(p));
    final Set<Path> seen = new HashSet<>();
    for (final Path f : files)
      if (!seen.add(f.toAbsolutePath().normalize()))
        throw new InvalidInputException(f + " was given twice; give each file once.");
    return files;
  }

  private static List<String> names(final List<Path> files) {
    List<String> names = names(files, Images::baseName);
    if (new HashSet<>(names).size() < names.size())
      names = names(files, f -> folder(f) + Images.baseName(f));
    return new HashSet<>(names).size() < names.size() ? names(files, Path::toString) : names;
  }

  private static List<String> names(final List<Path> files, final Function<Path, String> name) {
    return files.stream().map(name).collect(Collectors.toUnmodifiableList());
  }

  private static String folder(final Path file) {
    final Path folder = file.toAbsolutePath().normalize().getParent().getFileName();
    return folder == null ? "" : folder + "/";
  }

  @Override
  public int size() {
    return files.size();
  }

  @Override
  public String name(final int index) {
    return names.get(index);
  }

  @Override
  public String hash(final int index) {
    final StringBuilder all = new StringBuilder(hash(files.get(index)));
    for (final Path channel : channels.of(files.get(index))) all.append(", ").append(hash(channel));
    return all.toString();
  }

  @Override
  public SpatialImage<? extends RealType<?>> load(final int index) {
    final boolean first;
    synchronized (opened) {
      first = !opened.get(index);
      opened.set(index);
    }
    return Images.open(files.get(index), first ? notes() : Progress.NONE);
  }

  /** Says what was assumed, not how far one file of many is, which would hide how far all are. */
  private Progress notes() {
    return new Progress() {
      @Override
      public void update(
          final String stage, final long done, final long total, final String message) {
        // Whoever loads tells how many files are done.
      }

      @Override
      public void log(final String message) {
        progress.log(message);
      }

      @Override
      public boolean isCancelled() {
        return progress.isCancelled();
      }
    };
  }

  @Override
  public List<SpatialImage<? extends RealType<?>>> loadOtherChannels(final int index) {
    return channels.open(files.get(index), notes());
  }

  /** SHA-256 of an image's file; of a pair, those of header and voxels joined by a plus sign. */
  public static String hash(final Path file) {
    return parts(file).stream().map(Sha256::of).collect(Collectors.joining("+"));
  }

  /** A file's path without links and detours, by which it is told whether two are the same. */
  public static Path real(final Path file) {
    try {
      return file.toRealPath();
    } catch (final IOException e) { // not there, which is told where it is opened
      return file.toAbsolutePath().normalize();
    }
  }

  /** The files that an image consists of: one, or a header and its voxels. */
  public static List<Path> parts(final Path file) {
    return ImagePaths.parts(file);
  }

  public Path file(final int index) {
    return files.get(index);
  }
}
