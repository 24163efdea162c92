package io.amalgam.actors.bench;

import io.amalgam.policy.decode.DecodeBatch;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.kernel.SamplerPrecision;
import io.amalgam.policy.mixture.MethodSpec;
import java.util.List;
import java.util.Locale;

/**
 * Rollout: the prompt computed once for a group, then one new position per step for all members;
 * the whole call counts, as it does in the anchors.
 */
final class RolloutSpeed implements Speed {
  /** Ids of the prompt. */
  static final int PROMPT = 128;

  /** New positions of each member. */
  static final int NEW = 128;

  private static final int WARM_UP = 4;

  private final Workload work;
  private final MethodSpec method;
  private final int rows;
  private final List<Comparison> comparisons;
  private final GenerationModel model;
  private final DecodeBatch batch;
  private long turn;

  /**
   * Loads the model.
   *
   * @param rows members of the group
   */
  RolloutSpeed(Workload work, MethodSpec method, int rows, List<Comparison> comparisons) {
    this.work = work;
    this.method = method;
    this.rows = rows;
    this.comparisons = List.copyOf(comparisons);
    model = GenerationModel.load(work.model().config(), work.model().weights(), work.compute());
    batch = new DecodeBatch(model, Workload.settings(method, rows, PROMPT + NEW), 0);
    run(WARM_UP);
  }

  @Override
  public String what() {
    return String.format(
        Locale.ROOT,
        "rollout of %s, %s sampler, %d rows, shared prompt of %d, %d new",
        method.k() == 1 ? "tokens" : method.method() + " k = " + method.k(),
        int8() ? "int8" : "exact",
        rows,
        PROMPT,
        NEW);
  }

  @Override
  public List<Comparison> comparisons() {
    return comparisons;
  }

  @Override
  public Measured measure() {
    double seconds = run(NEW);
    double speed = rows * (double) NEW / seconds;
    String format = Workload.name(model.format()) + (int8() ? " int8" : "");
    return Measured.of(format, Quantity.TOKENS_PER_SECOND, speed);
  }

  private boolean int8() {
    return work.compute().sampler() == SamplerPrecision.INT8;
  }

  private double run(int newTokens) {
    long start = System.nanoTime();
    batch.admit(work.group(turn++, rows, PROMPT, newTokens));
    batch.stepToEnd();
    return (System.nanoTime() - start) / 1e9;
  }

  @Override
  public void close() {
    batch.close();
    model.close();
  }
}
