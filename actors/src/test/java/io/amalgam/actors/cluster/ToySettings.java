package io.amalgam.actors.cluster;

import io.amalgam.actors.settings.RunSettings;
import io.amalgam.policy.kernel.StateFormat;
import io.amalgam.policy.mixture.PhaseSettings;
import io.amalgam.policy.train.LearningRate;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/** Settings of runs with {@link ToyParts}. */
final class ToySettings {
  static final int SLOTS = 12;

  private ToySettings() {}

  static RunSettings of(int steps, int maxStaleness) {
    return of(steps, maxStaleness, "auto", 0, List.of());
  }

  static RunSettings of(int steps, int maxStaleness, String channel, int port, List<String> seeds) {
    return node(steps, maxStaleness, channel, "127.0.0.1", port, seeds);
  }

  static RunSettings node(int steps, int maxStaleness, String host, int port, List<String> seeds) {
    return node(steps, maxStaleness, "auto", host, port, seeds);
  }

  private static RunSettings node(
      int steps, int maxStaleness, String channel, String host, int port, List<String> seeds) {
    return new RunSettings(
        new RunSettings.Run(5, Duration.ofMinutes(5), steps, "runs"),
        new RunSettings.Model("none", 0, "auto", "none", 0),
        new RunSettings.Tasks(List.of()),
        new RunSettings.Mixture("discrete", 1, "default", PhaseSettings.usual(), new TreeMap<>()),
        new RunSettings.Generator(List.of("cpu"), 1.0, 16, SLOTS, true, 2),
        new RunSettings.Verifier(2, Duration.ofSeconds(20), 1),
        learner(),
        new RunSettings.Controller(
            maxStaleness, Duration.ofSeconds(60), Duration.ofSeconds(120), 5),
        new RunSettings.Weights(channel, "127.0.0.1", 0, 20, 20, Duration.ofSeconds(60)),
        new RunSettings.Checkpoint(2, 3),
        new RunSettings.Eval(0, 1, List.of()),
        new RunSettings.Compute(1, "f32"),
        new RunSettings.Metrics("127.0.0.1", -1),
        true,
        new RunSettings.Cluster(host, port, seeds, Duration.ofSeconds(3)));
  }

  /** Three groups of four members per step; a group of two with scores is still used. */
  static RunSettings.Learner learner() {
    return new RunSettings.Learner(
        4,
        3,
        2,
        new RunSettings.Advantage("group-mean"),
        new RunSettings.Loss("grpo"),
        new RunSettings.Optim(
            new LearningRate(1e-3, 0, 0, 0.1),
            0.9,
            0.99,
            1e-8,
            0,
            1,
            StateFormat.F32,
            StateFormat.F32),
        RunSettings.Lora.none(),
        1024,
        false,
        new RunSettings.Kl(0, "exact", "start"));
  }

  /** The same with shorter deadlines. */
  static RunSettings hurried(int steps, Duration lease, Duration stall) {
    RunSettings s = of(steps, 2);
    return new RunSettings(
        s.run(),
        s.model(),
        s.tasks(),
        s.mixture(),
        s.generator(),
        s.verifier(),
        s.learner(),
        new RunSettings.Controller(2, lease, stall, 5),
        s.weights(),
        s.checkpoint(),
        s.eval(),
        s.compute(),
        s.metrics(),
        s.keepRollouts(),
        s.cluster());
  }

  /** The same at another temperature. */
  static RunSettings at(double temperature, int steps, int maxStaleness) {
    RunSettings s = of(steps, maxStaleness);
    return new RunSettings(
        s.run(),
        s.model(),
        s.tasks(),
        s.mixture(),
        new RunSettings.Generator(List.of("cpu"), temperature, 16, SLOTS, true, 2),
        s.verifier(),
        s.learner(),
        s.controller(),
        s.weights(),
        s.checkpoint(),
        s.eval(),
        s.compute(),
        s.metrics(),
        s.keepRollouts(),
        s.cluster());
  }

  static ToyParts parts(long stepNanos) {
    return new ToyParts(5, SLOTS, stepNanos);
  }
}
