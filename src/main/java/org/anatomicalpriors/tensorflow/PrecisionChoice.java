package org.anatomicalpriors.tensorflow;

import java.util.Optional;
import java.util.function.Supplier;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.progress.Progress;

/** Settles in which numbers an engine computes. */
final class PrecisionChoice {

  private final PrecisionCache cache;
  private final Progress progress;

  /**
   * @param cache of earlier trials
   * @param progress of a trial, which it may stop; it is told what a trial found
   */
  PrecisionChoice(final PrecisionCache cache, final Progress progress) {
    this.cache = cache;
    this.progress = progress;
  }

  /**
   * The engine as it was asked for.
   *
   * @throws InvalidInputException if that cannot be had
   */
  Engine apply(final Precision wanted, final Engine engine) {
    final Arithmetic used = choose(wanted, engine);
    if (!used.isFloat32()) progress.log("The networks compute in " + used + ".");
    return engine.with(used);
  }

  private Arithmetic choose(final Precision wanted, final Engine engine) {
    if (wanted == Precision.FLOAT32) return Arithmetic.FLOAT32;
    if (wanted == Precision.AUTO)
      return engine.device().isGpu()
          ? Arithmetic.FLOAT32
          : measured(machine(engine), () -> PrecisionTrial.run(engine, progress));
    if (engine.device().isGpu())
      throw new InvalidInputException(
          "Precision bfloat16 was asked for, which is for processors, and the device is "
              + engine.device()
              + "; give float32 or auto, or the device cpu.");
    if (!Bfloat16.isInForce(engine))
      throw new InvalidInputException(
          "Precision bfloat16 was asked for, but TensorFlow does not compute so, or not rightly, on this system; give float32 or auto.");
    return Arithmetic.BFLOAT16;
  }

  /** Which trials are alike; a trial that looks at more than those before has another number. */
  private static String machine(final Engine engine) {
    return "trial 3; "
        + Processor.describe()
        + "; TensorFlow "
        + Engine.version()
        + "; "
        + engine.threads()
        + " threads";
  }

  /**
   * What an earlier trial found, or this one.
   *
   * @param machine on which a trial is valid
   */
  Arithmetic measured(final String machine, final Supplier<SpeedGain> trial) {
    final Optional<SpeedGain> before = cache.find(machine);
    if (before.isPresent()) return before.get().arithmetic();
    final SpeedGain gain = trial.get();
    final Optional<SpeedGain> kept = cache.keep(machine, gain);
    progress.log(
        "Speed of bfloat16 against float32 on this machine: "
            + kept.orElse(gain)
            + (kept.isPresent()
                ? "; kept in " + cache.file(machine) + "."
                : "; float32 is used, since this cannot be kept in " + cache.file(machine) + "."));
    // The next process might find something else, and then the same seed another result.
    return kept.map(SpeedGain::arithmetic).orElse(Arithmetic.FLOAT32);
  }
}
