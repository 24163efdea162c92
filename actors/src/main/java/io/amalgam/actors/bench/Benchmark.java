package io.amalgam.actors.bench;

import io.amalgam.policy.decode.DecodeBatch;
import io.amalgam.policy.decode.DecodeMode;
import io.amalgam.policy.decode.DecodeSettings;
import io.amalgam.policy.decode.GroupRequest;
import io.amalgam.policy.kernel.AdamWSettings;
import io.amalgam.policy.kernel.ComputeSettings;
import io.amalgam.policy.kernel.FloorProbe;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.kernel.TrainableModel;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.PhasePolicy;
import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.train.Supervised;
import io.amalgam.policy.train.SupervisedExample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;

/** Measures decoding and training of a model, and the floor of the machine in the same seconds. */
public final class Benchmark {
  private static final int PROMPT = 16;

  /** Floating-point operations per parameter and token: a product forward, two more backward. */
  private static final double DECODE_OPERATIONS = 2;

  private static final double TRAIN_OPERATIONS = 6;

  private final HuggingFaceDirectory model;
  private final ComputeSettings compute;
  private final int rows;
  private final int positions;
  private final int rounds;
  private final FloorProbe.Floor floor;

  /**
   * @param rows sequences decoded together, and sequences per training step
   * @param positions new positions per sequence
   * @param rounds how often each measurement is repeated; the best counts
   */
  public Benchmark(
      HuggingFaceDirectory model, ComputeSettings compute, int rows, int positions, int rounds) {
    this.model = model;
    this.compute = compute;
    this.rows = rows;
    this.positions = positions;
    this.rounds = rounds;
    this.floor = FloorProbe.measure(compute);
  }

  /**
   * One measured figure.
   *
   * @param what what was measured
   * @param tokensPerSecond best of the rounds
   * @param floorTokensPerSecond what the products and weight reads alone would allow
   * @param otherCores cores that other processes used meanwhile
   */
  public record Figure(
      String what, double tokensPerSecond, double floorTokensPerSecond, OptionalDouble otherCores) {
    /** Measured time as a multiple of the floor's. */
    public double multiple() {
      return floorTokensPerSecond / tokensPerSecond;
    }
  }

  /** Decoding of {@code k} slots per position; {@code k} 1 is ordinary sampling. */
  public Figure decode(int k) {
    ModelConfig config = model.config();
    MethodSpec method =
        k == 1
            ? new MethodSpec("discrete", 1, 1, new TreeMap<>())
            : new MethodSpec("multiplex", k, 1, new TreeMap<>());
    DecodeSettings settings =
        new DecodeSettings(
            rows,
            PROMPT + positions,
            method,
            k == 1 ? PhasePolicy.discreteOnly() : neverEnding(),
            new int[0],
            false);
    ProcessorLoad load = new ProcessorLoad();
    double best = Double.MAX_VALUE;
    try (GenerationModel generation = GenerationModel.load(config, model.weights(), compute);
        DecodeBatch batch = new DecodeBatch(generation, settings, 0)) {
      for (int round = 0; round <= rounds; round++) {
        double seconds = decodeRound(batch, config, round);
        best = round == 0 ? best : Math.min(best, seconds);
      }
    }
    double perStep = floor.seconds(4.0 * config.parameters(), operations(DECODE_OPERATIONS, rows));
    return new Figure(
        "decode k=" + k, rows * (double) positions / best, rows / perStep, load.otherCores());
  }

  private double decodeRound(DecodeBatch batch, ModelConfig config, int round) {
    for (int row = 0; row < rows; row++) {
      int[] prompt = random(row + round * rows, PROMPT, config.vocabSize());
      batch.admit(
          new GroupRequest("bench", round, row, 0, prompt, 0, 1, DecodeMode.MIXTURE, positions));
    }
    // The first step also computes the prompts; it is not part of the figure.
    batch.step();
    long start = System.nanoTime();
    while (batch.running() > 0) {
      batch.step();
    }
    return (System.nanoTime() - start) / 1e9 * positions / (positions - 1);
  }

  /** A phase that no marker ends: every position is a mixture. */
  private static PhasePolicy neverEnding() {
    return PhasePolicy.until(
        new io.amalgam.policy.mixture.EndMarker.Ids(new int[] {Integer.MAX_VALUE}));
  }

  /** Forward, loss, backward and optimiser step. */
  public Figure train() {
    ModelConfig config = model.config();
    ProcessorLoad load = new ProcessorLoad();
    List<SupervisedExample> batch = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int[] ids = random(row, PROMPT + positions, config.vocabSize());
      batch.add(
          new SupervisedExample(
              Arrays.copyOf(ids, PROMPT), Arrays.copyOfRange(ids, PROMPT, ids.length)));
    }
    double best = Double.MAX_VALUE;
    long tokens = 0;
    try (TrainableModel trainable = TrainableModel.load(config, model.weights(), compute, true)) {
      Supervised supervised = new Supervised(trainable, 8192, false);
      AdamWSettings optimiser = new AdamWSettings(1e-6, 0.9, 0.99, 1e-8, 0, 1);
      for (int round = 0; round <= rounds; round++) {
        long start = System.nanoTime();
        tokens = supervised.train(batch, optimiser).tokens();
        double seconds = (System.nanoTime() - start) / 1e9;
        best = round == 0 ? best : Math.min(best, seconds);
      }
    }
    double least = floor.seconds(12.0 * config.parameters(), operations(TRAIN_OPERATIONS, tokens));
    return new Figure("train", tokens / best, tokens / least, load.otherCores());
  }

  private double operations(double perParameter, double tokens) {
    return perParameter * model.config().parameters() * tokens;
  }

  private static int[] random(int seed, int length, int vocabulary) {
    Random random = new Random(seed);
    return random.ints(length, 0, vocabulary).toArray();
  }
}
