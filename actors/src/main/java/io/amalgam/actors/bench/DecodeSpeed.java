package io.amalgam.actors.bench;

import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.model.ModelConfig;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A decode step at a mean context of 128 positions beside the machine's floor for it. */
final class DecodeSpeed implements Speed {
  private static final int PROMPT = 64;
  private static final int POSITIONS = 128;
  private static final int MEAN_CONTEXT = PROMPT + POSITIONS / 2;

  private final Workload work;
  private final int rows;
  private final GenerationModel model;
  private final StepTimer steps;
  private final List<Comparison> comparisons;

  /** Loads the model and decodes once. */
  DecodeSpeed(Workload work, int rows, Optional<Target> target) {
    this.work = work;
    this.rows = rows;
    comparisons = MachineFloor.comparisons(work.compute(), this::least, target);
    model = GenerationModel.load(work.model().config(), work.model().weights(), work.compute());
    steps = new StepTimer(work, model, Workload.discrete(), rows, PROMPT, POSITIONS);
    steps.millis();
  }

  @Override
  public String what() {
    return String.format(Locale.ROOT, "decode step, %d rows, context %d", rows, MEAN_CONTEXT);
  }

  @Override
  public List<Comparison> comparisons() {
    return comparisons;
  }

  @Override
  public Measured measure() {
    return Measured.of(Workload.name(model.format()), Quantity.STEP_MILLIS, steps.millis());
  }

  /** Every weight and every cached key and value is read, every parameter is multiplied. */
  private Measured least(MachineFloor floor) {
    ModelConfig config = work.model().config();
    double cached =
        2.0 * config.layers() * config.keyValueHeads() * config.headDim() * rows * MEAN_CONTEXT;
    return floor.millis(
        floor.elementBytes() * (config.parameters() + cached), 2.0 * config.parameters() * rows);
  }

  @Override
  public void close() {
    steps.close();
    model.close();
  }
}
