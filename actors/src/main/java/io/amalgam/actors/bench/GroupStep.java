package io.amalgam.actors.bench;

import io.amalgam.policy.decode.DecodeBatch;
import io.amalgam.policy.kernel.AdamWSettings;
import io.amalgam.policy.kernel.ComputeFormat;
import io.amalgam.policy.kernel.ComputeSettings;
import io.amalgam.policy.kernel.FormatProbe;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.kernel.TrainableModel;
import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.train.Replay;
import io.amalgam.policy.train.ReplaySample;
import io.amalgam.policy.train.ReplaySettings;
import io.amalgam.policy.train.advantage.GroupRelative;
import io.amalgam.policy.train.advantage.RewardGroup;
import io.amalgam.policy.train.loss.LossCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Whole synchronous GRPO steps with full fine-tuning: generate, score, train, and put the new
 * weights into the generator. The reward is arbitrary, so that every group has variance.
 */
public final class GroupStep {
  /** Length of the prompts; the anchor's have between 13 and 26 ids. */
  private static final int PROMPT = 20;

  private static final int REWARDS = 7;
  private static final AdamWSettings OPTIMISER = new AdamWSettings(1e-6, 0.9, 0.999, 1e-8, 0, 1);

  private final Workload work;
  private final Shape shape;
  private final ReplaySettings replay;

  /**
   * How much a step generates and learns.
   *
   * @param groups prompts
   * @param members sequences per prompt, at least 2
   * @param newTokens positions of each
   */
  public record Shape(int groups, int members, int newTokens) {
    /** Checks the ranges. */
    public Shape {
      if (groups < 1 || members < 2 || newTokens < 1) {
        throw new IllegalArgumentException(
            groups + " groups of " + members + " members of " + newTokens + " tokens are no step");
      }
    }

    /** Tokens generated in a step. */
    public int tokens() {
      return groups * members * newTokens;
    }
  }

  /**
   * What was measured.
   *
   * @param format number format of the trainer
   * @param stepSeconds of each step but the first
   * @param peakBytes largest resident size of this process so far; 0 where the system does not say
   */
  public record Figures(String format, List<Double> stepSeconds, long peakBytes) {
    /** Copies the list. */
    public Figures {
      stepSeconds = List.copyOf(stepSeconds);
    }

    /** The median step, seconds. */
    public double median() {
      return SpeedRow.median(stepSeconds.stream().mapToDouble(Double::doubleValue).toArray());
    }
  }

  /**
   * @param tokensPerMicroBatch input positions per forward pass, which decide the peak memory
   * @param recompute whether activations are computed again in the backward pass
   */
  public GroupStep(
      HuggingFaceDirectory model,
      ComputeSettings compute,
      Shape shape,
      int tokensPerMicroBatch,
      boolean recompute) {
    // Sampler and trainer compute in one format, as in a run.
    ComputeFormat format = FormatProbe.forRun(compute, model.config().parameters());
    work =
        new Workload(
            model,
            new ComputeSettings(compute.threads(), format, compute.device(), compute.sampler()));
    this.shape = shape;
    replay = new ReplaySettings(tokensPerMicroBatch, recompute, true);
  }

  /** Loads the model twice, for generating and for training, and takes a step more than asked. */
  public Figures take(int steps) {
    HuggingFaceDirectory directory = work.model();
    int rows = shape.groups() * shape.members();
    List<Double> seconds = new ArrayList<>();
    try (TrainableModel trainable =
            TrainableModel.load(directory.config(), directory.weights(), work.compute(), true);
        GenerationModel generation =
            GenerationModel.load(directory.config(), trainable.published(), work.compute());
        DecodeBatch batch =
            new DecodeBatch(
                generation,
                Workload.settings(Workload.discrete(), rows, PROMPT + shape.newTokens()),
                0)) {
      Replay learner = new Replay(trainable, LossCatalog.create("grpo", Map.of()), replay);
      for (int step = 0; step <= steps; step++) {
        long start = System.nanoTime();
        List<ReplaySample> samples = samples(generate(batch, step));
        learner.train(samples, OPTIMISER, step);
        batch.swapWeights(trainable.published(), step + 1L);
        if (step > 0) {
          seconds.add((System.nanoTime() - start) / 1e9);
        }
      }
      return new Figures(Workload.name(trainable.format()), seconds, peakBytes());
    }
  }

  private List<Trajectory> generate(DecodeBatch batch, int step) {
    for (int g = 0; g < shape.groups(); g++) {
      long number = (long) step * shape.groups() + g;
      batch.admit(work.group(number, shape.members(), PROMPT, shape.newTokens()));
    }
    List<Trajectory> all = new ArrayList<>(batch.stepToEnd());
    all.sort(
        Comparator.comparingLong((Trajectory t) -> t.key().ordinal())
            .thenComparingInt(t -> t.key().member()));
    return all;
  }

  private List<ReplaySample> samples(List<Trajectory> trajectories) {
    List<RewardGroup> groups = new ArrayList<>();
    for (int from = 0; from < trajectories.size(); from += shape.members()) {
      groups.add(
          RewardGroup.of(
              trajectories.subList(from, from + shape.members()).stream()
                  .mapToDouble(GroupStep::reward)
                  .toArray()));
    }
    List<double[]> advantages =
        new GroupRelative(GroupRelative.Scale.GROUP).estimate(groups).values();
    List<ReplaySample> samples = new ArrayList<>();
    for (int i = 0; i < trajectories.size(); i++) {
      double advantage = advantages.get(i / shape.members())[i % shape.members()];
      samples.add(new ReplaySample(trajectories.get(i), advantage));
    }
    return samples;
  }

  private static double reward(Trajectory trajectory) {
    return Math.floorMod(Arrays.hashCode(trajectory.representatives()), REWARDS);
  }

  /** The peak resident size that Linux keeps of every process. */
  private static long peakBytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
