package io.amalgam.actors.bench;

import io.amalgam.policy.kernel.AdamWSettings;
import io.amalgam.policy.kernel.TrainableModel;
import io.amalgam.policy.train.Supervised;
import io.amalgam.policy.train.SupervisedExample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A training step (forward, loss of every position, backward, AdamW) on one packed batch beside the
 * machine's floor for it.
 */
final class TrainSpeed implements Speed {
  private static final int LENGTH = 128;

  /** A product forward and two backward, each two operations per parameter and token. */
  private static final double OPERATIONS = 6;

  /** Masters, gradients and both moments are read and written at least once, f32. */
  private static final double STATE_BYTES = 12;

  private static final AdamWSettings OPTIMISER = new AdamWSettings(1e-6, 0.9, 0.99, 1e-8, 0, 1);

  private final Workload work;
  private final int tokens;
  private final boolean recompute;
  private final TrainableModel model;
  private final List<SupervisedExample> batch = new ArrayList<>();
  private final List<Comparison> comparisons;

  /**
   * Loads the model and takes one step.
   *
   * @param tokens input positions of the batch, a multiple of 128
   * @param recompute whether activations are computed again in the backward pass
   */
  TrainSpeed(Workload work, int tokens, boolean recompute, Target target) {
    this.work = work;
    this.tokens = tokens;
    this.recompute = recompute;
    comparisons = MachineFloor.comparisons(work.compute(), this::least, Optional.of(target));
    for (int i = 0; i < tokens / LENGTH; i++) {
      int[] ids = work.ids(i, LENGTH + 1);
      batch.add(
          new SupervisedExample(Arrays.copyOf(ids, 1), Arrays.copyOfRange(ids, 1, LENGTH + 1)));
    }
    model =
        TrainableModel.load(work.model().config(), work.model().weights(), work.compute(), true);
    measure();
  }

  @Override
  public String what() {
    return String.format(
        Locale.ROOT,
        "training step, %,d packed tokens, AdamW%s",
        tokens,
        recompute ? ", recomputation" : "");
  }

  @Override
  public List<Comparison> comparisons() {
    return comparisons;
  }

  @Override
  public Measured measure() {
    long start = System.nanoTime();
    new Supervised(model, tokens, recompute).train(batch, OPTIMISER);
    double millis = (System.nanoTime() - start) / 1e6;
    return Measured.of(Workload.name(model.format()), Quantity.STEP_MILLIS, millis);
  }

  private Measured least(MachineFloor floor) {
    double parameters = work.model().config().parameters();
    return floor.millis(STATE_BYTES * parameters, OPERATIONS * parameters * tokens);
  }

  @Override
  public void close() {
    model.close();
  }
}
