package io.amalgam.actors.metrics;

import io.amalgam.actors.cluster.RunEvent;
import io.amalgam.policy.rollout.ClosedBy;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Events with plausible figures. */
final class Events {
  private Events() {}

  static RunEvent.StepCompleted step(int step, double reward) {
    return new RunEvent.StepCompleted(
        Duration.ofSeconds(2L * step),
        step,
        step,
        new RunEvent.BatchFigures(
            16,
            3,
            104,
            1,
            new TreeMap<>(Map.of("TimedOut", 1)),
            4000,
            3500,
            reward,
            0.4,
            38,
            30,
            0.7,
            new TreeMap<>(Map.of(ClosedBy.MODEL, 0.95, ClosedBy.COLD_STOP, 0.05)),
            0.99),
        new RunEvent.LossFigures(
            0.01,
            0.5,
            3e-4,
            false,
            0.002,
            1.4,
            0.05,
            OptionalDouble.empty(),
            new TreeMap<>(Map.of("ratio/max", 1.5))),
        new RunEvent.StalenessFigures(1.2, 3, 4, 0),
        new RunEvent.TimingFigures(1.1, 0.7, 0.4, 0.05, 0.02, 4096, 2.0, "generator", 2000, 1750),
        new TreeMap<>(
            Map.of(
                "gcd", new RunEvent.TaskFigures(8, 64, reward, 0.4),
                "chain_sum", new RunEvent.TaskFigures(8, 40, reward / 2, 0.2))),
        new RunEvent.GroupCounts(5, 40, 9, 1, 0, 2));
  }
}
