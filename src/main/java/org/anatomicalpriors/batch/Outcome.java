package org.anatomicalpriors.batch;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.anatomicalpriors.InvalidInputException;

/** What became of an image, and what was said about it. Can be sent to another process. */
public final class Outcome implements Serializable {

  private static final long serialVersionUID = 1L;

  /** What can become of an image. */
  public enum Kind {
    SEGMENTED,
    /** It was done already. */
    SKIPPED,
    /** It cannot be segmented; others may. */
    FAILED,
    /** It was segmented, and the results could not be written. */
    UNWRITTEN,
    /** Whoever was to segment it can segment none. */
    UNABLE
  }

  private final Kind kind;
  private final RuntimeException failure;
  private final ArrayList<String> messages;

  private Outcome(final Kind kind, final RuntimeException failure, final List<String> messages) {
    this.kind = kind;
    this.failure = failure;
    this.messages = new ArrayList<>(messages);
  }

  static Outcome segmented(final List<String> messages) {
    return new Outcome(Kind.SEGMENTED, null, messages);
  }

  static Outcome skipped() {
    return new Outcome(Kind.SKIPPED, null, List.of());
  }

  /**
   * @param writing whether it was already segmented
   */
  static Outcome failed(final Throwable why, final boolean writing, final List<String> messages) {
    return new Outcome(writing ? Kind.UNWRITTEN : Kind.FAILED, portable(why), messages);
  }

  /** Whoever was to segment the image can segment none. */
  public static Outcome unable(final Throwable why) {
    return new Outcome(Kind.UNABLE, portable(why), List.of());
  }

  /** An image of which nobody is left to tell why it failed. */
  public static Outcome failed(final String sentence) {
    return new Outcome(Kind.FAILED, told(sentence), List.of());
  }

  /** The same sentence, without causes of classes that may not be there where it goes. */
  private static RuntimeException portable(final Throwable why) {
    final String sentence = FailureSentence.of(why);
    return why instanceof InvalidInputException
        ? new InvalidInputException(sentence)
        : told(sentence);
  }

  private static RuntimeException told(final String sentence) {
    return new UncheckedIOException(sentence, new IOException(sentence));
  }

  public Kind kind() {
    return kind;
  }

  /** Why it failed, with a sentence for people; null if it did not. */
  public RuntimeException failure() {
    return failure;
  }

  /** What is worth keeping, such as what had to be assumed about its file. */
  List<String> messages() {
    return messages;
  }
}
