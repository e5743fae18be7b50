package org.anatomicalpriors.tensorflow;

import java.util.List;
import java.util.Optional;

/**
 * The jar with TensorFlow's native library for one system, as Maven Central has it.
 *
 * <p>DJL has a download of its own, from its own server: file by file, without checksums, and
 * without asking. The same build as one jar from Maven Central, whose content cannot be changed any
 * more, is checked against a checksum that came with this plugin; so DJL's is never used.
 *
 * <p>Sizes and SHA-256 were computed on 2026-11-23 from the jars at Maven Central, after comparing
 * them with the SHA-1 that Central publishes beside each.
 */
final class NativeArtifact {

  static final String VERSION = "1.0.0-rc.1";

  /** TensorFlow Java's releases at Maven Central. */
  static final String CENTRAL = "https://repo1.maven.org/maven2/";

  private static final String PATH = "org/tensorflow/tensorflow-core-native/";

  private static final List<NativeArtifact> ALL =
      List.of(
          new NativeArtifact(
              "linux-x86_64",
              148_786_362,
              "05fa0e0565637c32e0e7a41813cf1c2d5608e8a4aa163fd61b883f579d3bbb61"),
          new NativeArtifact(
              "macosx-arm64",
              127_041_195,
              "0127e33a8d2b99e49d8ea87b910764fd73dde5ff3a0b8d0ea7c54c1a45054156"),
          new NativeArtifact(
              "macosx-x86_64",
              152_543_162,
              "8d2f529e05c96c88e81e44486394f99444b8d08196c8c72dac1b709044cd5250"),
          new NativeArtifact(
              "windows-x86_64",
              77_077_942,
              "8e946196a5f34e33e46cfd6db3a99327009c4e6300b0562ac9643455f53292f4"));

  private final String platform;
  private final long bytes;
  private final String sha256;

  /**
   * @param platform JavaCPP's name of the system, which is the jar's classifier
   * @param bytes size of the jar
   * @param sha256 of the jar, 64 lower-case hexadecimal digits
   */
  NativeArtifact(final String platform, final long bytes, final String sha256) {
    this.platform = platform;
    this.bytes = bytes;
    this.sha256 = sha256;
  }

  /** The one for a system, or empty where none is published. */
  static Optional<NativeArtifact> of(final String platform) {
    return ALL.stream().filter(a -> a.platform.equals(platform)).findFirst();
  }

  String platform() {
    return platform;
  }

  long bytes() {
    return bytes;
  }

  String sha256() {
    return sha256;
  }

  /** Group, artifact, version and classifier, as build tools write it. */
  String coordinates() {
    return "org.tensorflow:tensorflow-core-native:" + VERSION + ":" + platform;
  }

  /** "127 MB". */
  String size() {
    return Math.max(1, Math.round(bytes / 1e6)) + " MB";
  }

  /**
   * @param repository address of a Maven repository, with a slash at its end
   */
  String url(final String repository) {
    return repository
        + PATH
        + VERSION
        + "/tensorflow-core-native-"
        + VERSION
        + "-"
        + platform
        + ".jar";
  }

  /** Folder within the jar that holds the library's files. */
  String folderInJar() {
    return "org/tensorflow/internal/c_api/" + platform + "/";
  }
}
