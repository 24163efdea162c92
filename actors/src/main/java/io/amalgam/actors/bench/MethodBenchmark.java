package io.amalgam.actors.bench;

import io.amalgam.policy.decode.DecodeBatch;
import io.amalgam.policy.decode.DecodeMode;
import io.amalgam.policy.decode.DecodeSettings;
import io.amalgam.policy.decode.GroupRequest;
import io.amalgam.policy.kernel.ComputeSettings;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.mixture.EndMarker;
import io.amalgam.policy.mixture.MethodCatalog;
import io.amalgam.policy.mixture.MethodDefinition;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.PhasePolicy;
import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.model.ModelConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * Measures what a decode step of each mixture method costs beside a discrete one: both are decoded
 * in turns, and the median of the ratios of neighbours counts.
 */
public final class MethodBenchmark {
  private static final int PROMPT = 16;

  private final HuggingFaceDirectory model;
  private final ComputeSettings compute;
  private final int rows;
  private final int positions;
  private final int rounds;

  /**
   * @param rows sequences decoded together
   * @param positions positions per sequence
   * @param rounds pairs of measurements per method
   */
  public MethodBenchmark(
      HuggingFaceDirectory model, ComputeSettings compute, int rows, int positions, int rounds) {
    this.model = model;
    this.compute = compute;
    this.rows = rows;
    this.positions = positions;
    this.rounds = rounds;
  }

  /**
   * The cost of one method.
   *
   * @param stepMillis median time of its step, milliseconds
   * @param ratio median of its time over the discrete one's
   * @param smallest smallest ratio of a pair
   * @param largest largest ratio of a pair
   */
  public record Cost(
      String method, int k, double stepMillis, double ratio, double smallest, double largest) {}

  /** The methods that are measured, each with the most slots up to {@code mostSlots}. */
  public static List<MethodSpec> specs(int mostSlots) {
    return MethodCatalog.definitions().stream()
        .filter(d -> d.largestK() > 1)
        .map(d -> spec(d, Math.min(mostSlots, d.largestK())))
        .toList();
  }

  private static MethodSpec spec(MethodDefinition definition, int k) {
    return new MethodSpec(
        definition.name(), Math.max(k, definition.smallestK()), 1, new TreeMap<>());
  }

  /** Measures one method beside discrete sampling. */
  public Cost measure(MethodSpec spec) {
    ModelConfig config = model.config();
    double[] ratios = new double[rounds];
    double[] seconds = new double[rounds];
    try (GenerationModel generation = GenerationModel.load(config, model.weights(), compute);
        DecodeBatch discrete =
            batch(generation, new MethodSpec("discrete", 1, 1, new TreeMap<>()));
        DecodeBatch mixture = batch(generation, spec)) {
      decode(discrete, config, 0);
      decode(mixture, config, 0);
      for (int round = 0; round < rounds; round++) {
        double plain = decode(discrete, config, round + 1);
        seconds[round] = decode(mixture, config, round + 1);
        ratios[round] = seconds[round] / plain;
      }
    }
    Arrays.sort(ratios);
    Arrays.sort(seconds);
    return new Cost(
        spec.method(),
        spec.k(),
        1e3 * seconds[rounds / 2] / (positions - 1),
        ratios[rounds / 2],
        ratios[0],
        ratios[rounds - 1]);
  }

  private DecodeBatch batch(GenerationModel generation, MethodSpec spec) {
    PhasePolicy never = PhasePolicy.until(new EndMarker.Ids(new int[] {Integer.MAX_VALUE}));
    return new DecodeBatch(
        generation,
        new DecodeSettings(rows, PROMPT + positions, spec, never, new int[0], false),
        0);
  }

  /** Seconds of all steps but the first, which also computes the prompts. */
  private double decode(DecodeBatch batch, ModelConfig config, int round) {
    Random random = new Random(round);
    for (int row = 0; row < rows; row++) {
      int[] prompt = random.ints(PROMPT, 0, config.vocabSize()).toArray();
      batch.admit(
          new GroupRequest(
              "bench",
              (long) round * rows + row,
              row,
              0,
              prompt,
              0,
              1,
              DecodeMode.MIXTURE,
              positions));
    }
    batch.step();
    long start = System.nanoTime();
    while (batch.running() > 0) {
      batch.step();
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
