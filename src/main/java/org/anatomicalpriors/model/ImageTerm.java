package org.anatomicalpriors.model;

import java.util.ArrayList;
import java.util.List;
import org.anatomicalpriors.tensorflow.NetworkGraph;
import org.anatomicalpriors.tensorflow.Tape;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What the decoder says of an image: a data term, and the posterior of the labels. */
final class ImageTerm {

  /** Sum over voxels, in nats. */
  final Operand<TFloat32> value;

  /** {@link LabelPosterior#statistics} of all voxels. */
  final Operand<TFloat32> statistics;

  /** f = softmax(logits), (V, L). */
  final Operand<TFloat32> probabilities;

  /** The data term of the voxels of a slab. */
  interface Data {
    Operand<TFloat32> of(Slab slab, Operand<TFloat32> logits, Likelihood likelihood);
  }

  /**
   * @param z the latent
   * @param atlas log-probabilities (V, L)
   * @param likelihood of all voxels
   */
  ImageTerm(
      final Architecture a,
      final NetworkGraph network,
      final Keeping keeping,
      final Operand<TFloat32> z,
      final Operand<TFloat32> atlas,
      final Likelihood likelihood,
      final Data data) {
    final Ops tf = network.tf();
    final Tape tape = network.tape();
    final List<Operand<TFloat32>> sums = new ArrayList<>(), f = new ArrayList<>();
    value =
        new Networks(a, tf, tape, network.layers())
            .decoderSum(
                "decoder",
                z,
                atlas,
                keeping.slabs(a),
                (slab, logits, sequence) -> {
                  final Likelihood own =
                      likelihood.ofVoxels(tf, x -> slab.ofRows(tf, tape.late(x)));
                  final LabelPosterior posterior = new LabelPosterior(tf, logits, own);
                  f.add(posterior.prior);
                  sums.add(sequence.await(posterior.statistics()));
                  return data.of(slab, logits, own);
                });
    // Before gradients are built, for which slabs are built again.
    statistics = sums.stream().reduce(tf.math::add).orElseThrow();
    probabilities = Slab.joined(tf, f);
  }
}
