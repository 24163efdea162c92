package io.amalgam.actors.pretraining;

import io.amalgam.policy.kernel.AdamWSettings;
import io.amalgam.policy.kernel.ComputeSettings;
import io.amalgam.policy.kernel.TrainableModel;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.text.PromptFormat;
import io.amalgam.policy.text.Tokenizer;
import io.amalgam.policy.train.Supervised;
import io.amalgam.policy.train.SupervisedExample;
import io.amalgam.policy.train.SupervisedReport;
import io.amalgam.verifiers.task.WorkedExamples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * The warm start of a small model: cross-entropy on worked solutions until the accuracy asked for
 * is reached.
 *
 * <p>Training stops by accuracy, not by loss or step: for the first thousand steps nothing seems to
 * happen, then accuracy climbs within seconds. The same settings, examples and kind of processor
 * give the same weights bit for bit.
 */
public final class Pretraining {
  /** Every tokens-per-pass limit is above what one small batch needs. */
  private static final int TOKENS_PER_PASS = 16_384;

  private final PretrainSettings settings;
  private final WorkedExamples examples;
  private final int exampleCount;

  /** Trains on {@code exampleCount} examples at most. */
  public Pretraining(PretrainSettings settings, WorkedExamples examples, int exampleCount) {
    this.settings = settings;
    this.examples = examples;
    this.exampleCount = exampleCount;
  }

  /**
   * Trains from {@code initial} and gives back the published (bf16) weights.
   *
   * @param onReport called at every look at the accuracy, the last one included
   */
  public ModelWeights run(
      ModelConfig config,
      ModelWeights initial,
      Tokenizer tokenizer,
      ComputeSettings compute,
      AccuracyProbe probe,
      Consumer<PretrainReport> onReport) {
    PromptFormat prompts = PromptFormat.of(tokenizer);
    int end = tokenizer.idOf(tokenizer.eosToken().orElseThrow()).orElseThrow();
    try (TrainableModel model = TrainableModel.load(config, initial, compute, true)) {
      Supervised supervised = new Supervised(model, TOKENS_PER_PASS, false);
      Tally tally = new Tally();
      int steps = exampleCount / settings.batchSequences();
      for (int step = 1; step <= steps; step++) {
        List<SupervisedExample> batch = batch(step, prompts, tokenizer, end);
        long start = System.nanoTime();
        tally.add(supervised.train(batch, optimiser(step)));
        tally.nanos += System.nanoTime() - start;
        if (step % settings.evalEverySteps() == 0 || step == steps) {
          PretrainReport report = tally.report(step, batch.size(), probe, model.published());
          onReport.accept(report);
          if (report.meanAccuracy() >= settings.stopAccuracy()) {
            break;
          }
        }
      }
      return model.published();
    }
  }

  private List<SupervisedExample> batch(
      int step, PromptFormat prompts, Tokenizer tokenizer, int end) {
    List<SupervisedExample> batch = new ArrayList<>(settings.batchSequences());
    long first = (long) (step - 1) * settings.batchSequences();
    for (WorkedExamples.Example example : examples.take(first, settings.batchSequences())) {
      int[] completion = tokenizer.encode(example.completion());
      int[] response = java.util.Arrays.copyOf(completion, completion.length + 1);
      response[completion.length] = end;
      batch.add(new SupervisedExample(prompts.encode(example.problem().question()), response));
    }
    Collections.sort(batch, (a, b) -> Integer.compare(length(a), length(b)));
    return batch;
  }

  private static int length(SupervisedExample e) {
    return e.promptIds().length + e.responseIds().length;
  }

  private AdamWSettings optimiser(int step) {
    AdamWSettings o = settings.optim();
    double warm = Math.min(1.0, step / (double) Math.max(1, settings.warmupSteps()));
    return new AdamWSettings(
        o.lr() * warm, o.beta1(), o.beta2(), o.eps(), o.weightDecay(), o.maxGradNorm());
  }

  /** Sums since the start and since the last report. */
  private static final class Tally {
    private long tokens;
    private long responseTokens;
    private double lossSum;
    private int lossSteps;
    private long nanos;

    private void add(SupervisedReport report) {
      tokens += report.tokens();
      responseTokens += report.responseTokens();
      lossSum += report.loss();
      lossSteps++;
    }

    private PretrainReport report(
        int step, int batchSize, AccuracyProbe probe, ModelWeights published) {
      PretrainReport report =
          new PretrainReport(
              step,
              (long) step * batchSize,
              tokens,
              responseTokens,
              lossSum / lossSteps,
              probe.measure(published),
              Duration.ofNanos(nanos));
      lossSum = 0;
      lossSteps = 0;
      return report;
    }
  }
}
