package io.amalgam.actors.bench;

import io.amalgam.policy.decode.DecodeBatch;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.mixture.MethodSpec;

/** Times the steps of a full batch; the prompts, computed by the first step, are left out. */
final class StepTimer implements AutoCloseable {
  private final Workload work;
  private final int rows;
  private final int prompt;
  private final int positions;
  private final DecodeBatch batch;
  private long turn;

  /**
   * @param model stays the caller's
   * @param prompt ids of the prompt that all rows share
   * @param positions new positions of each row, at least 2
   */
  StepTimer(
      Workload work,
      GenerationModel model,
      MethodSpec method,
      int rows,
      int prompt,
      int positions) {
    this.work = work;
    this.rows = rows;
    this.prompt = prompt;
    this.positions = positions;
    batch = new DecodeBatch(model, Workload.settings(method, rows, prompt + positions), 0);
  }

  /** Mean time of a step over one round, milliseconds. */
  double millis() {
    batch.admit(work.group(turn++, rows, prompt, positions));
    batch.step();
    long start = System.nanoTime();
    batch.stepToEnd();
    return (System.nanoTime() - start) / 1e6 / (positions - 1);
  }

  @Override
  public void close() {
    batch.close();
  }
}
