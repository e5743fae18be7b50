package org.anatomicalpriors.training;

import java.util.List;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.space.SpatialImage;

/** Label maps or images to learn from, loaded one at a time. */
public interface ImageSource {

  int size();

  /** What messages call one of them. */
  String name(int index);

  /** SHA-256 of its content, for the record of how a model was made. */
  String hash(int index);

  /**
   * Loads one; called on the training's own threads.
   *
   * @throws org.anatomicalpriors.InvalidInputException if it cannot be read
   */
  SpatialImage<? extends RealType<?>> load(int index);

  /** Loads the other channels of one, which its hash covers too; most have none. */
  default List<SpatialImage<? extends RealType<?>>> loadOtherChannels(final int index) {
    return List.of();
  }
}
