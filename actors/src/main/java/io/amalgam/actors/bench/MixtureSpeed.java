package io.amalgam.actors.bench;

import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.mixture.MethodSpec;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A step of a mixture method beside a discrete step of the same model. */
final class MixtureSpeed implements Speed {
  private static final int PROMPT = 64;
  private static final int POSITIONS = 64;
  private static final Target TARGET = Target.atMost(1.10);

  private final MethodSpec method;
  private final int rows;
  private final GenerationModel model;
  private final StepTimer mixture;
  private final StepTimer discrete;
  private final List<Comparison> comparisons =
      List.of(
          new Comparison(
              new InsideAnchor("our discrete step", this::discreteStep),
              Quantity.STEP_MILLIS,
              Optional.of(TARGET)));

  /** Loads the model and decodes both ways once. */
  MixtureSpeed(Workload work, MethodSpec method, int rows) {
    this.method = method;
    this.rows = rows;
    model = GenerationModel.load(work.model().config(), work.model().weights(), work.compute());
    mixture = new StepTimer(work, model, method, rows, PROMPT, POSITIONS);
    discrete = new StepTimer(work, model, Workload.discrete(), rows, PROMPT, POSITIONS);
    mixture.millis();
    discrete.millis();
  }

  @Override
  public String what() {
    return String.format(
        Locale.ROOT, "decode step of %s k = %d, %d rows", method.method(), method.k(), rows);
  }

  @Override
  public List<Comparison> comparisons() {
    return comparisons;
  }

  private Measured discreteStep() {
    return Measured.of(format(), Quantity.STEP_MILLIS, discrete.millis());
  }

  @Override
  public Measured measure() {
    return Measured.of(format(), Quantity.STEP_MILLIS, mixture.millis());
  }

  private String format() {
    return Workload.name(model.format());
  }

  @Override
  public void close() {
    mixture.close();
    discrete.close();
    model.close();
  }
}
