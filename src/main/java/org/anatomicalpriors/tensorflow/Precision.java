package org.anatomicalpriors.tensorflow;

/** In which numbers the networks are asked to compute on a processor. */
public enum Precision {
  /** bfloat16 where a trial on this machine found it clearly faster, float32 elsewhere. */
  AUTO,
  /** 24 significant bits, everywhere. */
  FLOAT32,
  /** Convolutions with factors of 8 significant bits, their gradients by weights left out. */
  BFLOAT16
}
