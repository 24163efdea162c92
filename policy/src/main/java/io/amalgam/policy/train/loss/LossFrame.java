package io.amalgam.policy.train.loss;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One evaluation of a loss in progress: holds what all losses share and collects value, gradient
 * and metrics. Mutable, used by one thread, then thrown away.
 *
 * <p>All reductions are linear in the values of the positions, so each term's and each unit's
 * coefficient is known before the surrogate is: loss = Σ coefficient · value.
 */
final class LossFrame {
  private final PolicyLoss.Settings settings;
  private final LossBatch batch;
  private final BatchTotals totals;
  private final Ratios ratios;
  private final boolean[] active;
  private final int[] sequenceOf;
  private final int[] positionOf;
  private final double[] reductionOf;
  private final boolean[] keptSequences;
  private final boolean[] keptPositions;
  private final double[] rho;
  private final double[] gradient;
  private final double[] entropyGradient;
  private final double[] divergenceGradient;
  private final SortedMap<String, Double> metrics = new TreeMap<>();
  private double loss;

  LossFrame(PolicyLoss.Settings settings, LossBatch given, BatchTotals totals) {
    this.settings = settings;
    this.batch = settings.proximal().resolve(given);
    this.totals = totals;
    this.ratios = Ratios.of(batch, settings.level(), settings.slotReduce());
    this.active = Ratios.activeTerms(batch);
    this.sequenceOf = new int[batch.positions()];
    this.positionOf = new int[batch.terms()];
    this.reductionOf = new double[batch.positions()];
    this.divergenceGradient = new double[batch.positions()];
    for (int i = 0; i < batch.sequences(); i++) {
      double each = reduction(i);
      for (int p = batch.sequenceStarts()[i]; p < batch.sequenceStarts()[i + 1]; p++) {
        sequenceOf[p] = i;
        reductionOf[p] = batch.mask()[p] ? each : 0;
        for (int q = batch.termStarts()[p]; q < batch.termStarts()[p + 1]; q++) {
          positionOf[q] = p;
        }
      }
    }
    this.keptSequences = LossMasks.sequences(batch, settings.offPolicyThreshold());
    this.keptPositions = LossMasks.entropies(batch, settings.entropyQuantile());
    SamplerWeights weights = new SamplerWeights(batch, settings);
    weights.report(metrics);
    this.rho = weights.rho();
    this.gradient = new double[batch.terms()];
    this.entropyGradient = new double[batch.positions()];
  }

  /** What a surrogate does with a unit. */
  interface UnitVisitor {
    /**
     * Adds one unit to the loss.
     *
     * @param u number of the unit
     * @param ratio π/π_old
     * @param advantage advantage of its sequence
     */
    void visit(int u, double ratio, double advantage);
  }

  /** What a surrogate of whole sequences does with one of them. */
  interface SequenceVisitor {
    /**
     * Adds one sequence to the loss.
     *
     * @param i number of the sequence
     * @param start its first term
     * @param end one past its last term
     */
    void visit(int i, int start, int end);
  }

  /** Visits every unit that has a term. */
  void forEachUnit(UnitVisitor visitor) {
    for (int u = 0; u < ratios.count(); u++) {
      if (ratios.start(u) < ratios.end(u)) {
        visitor.visit(u, ratios.ratio(u), advantage(ratios.start(u)));
      }
    }
  }

  /** Visits every sequence. */
  void forEachSequence(SequenceVisitor visitor) {
    for (int i = 0; i < batch.sequences(); i++) {
      visitor.visit(
          i,
          batch.termStarts()[batch.sequenceStarts()[i]],
          batch.termStarts()[batch.sequenceStarts()[i + 1]]);
    }
  }

  /** Whether a unit counts in metrics: it covers a sequence, or positions that take part. */
  boolean counts(int u) {
    return settings.level() == RatioLevel.SEQUENCE || active[ratios.start(u)];
  }

  private double reduction(int i) {
    return switch (settings.reduction()) {
      case SEQUENCE_MEAN_TOKEN_MEAN ->
          1 / (Math.max(1, batch.maskedInPositions(i)) * totals.sequences());
      case TOKEN_MEAN -> 1 / Math.max(1, totals.positions());
      case MICRO_BATCH_TOKEN_MEAN ->
          1.0 / ((double) Math.max(1, batch.maskedInPositions()) * totals.microBatches());
      case CONSTANT_LENGTH -> 1 / (settings.constantLength() * totals.sequences());
      case SEQUENCE_MEAN_TOKEN_SUM -> 1 / totals.sequences();
    };
  }

  /** The batch. */
  LossBatch batch() {
    return batch;
  }

  /** Counts of the step. */
  BatchTotals totals() {
    return totals;
  }

  /** The ratios at the level of the settings. */
  Ratios ratios() {
    return ratios;
  }

  /** Where metrics go. */
  SortedMap<String, Double> metrics() {
    return metrics;
  }

  /** Whether a term's position takes part. */
  boolean active(int term) {
    return active[term];
  }

  /** Whether a term's position passed the entropy mask, too. */
  boolean keptByEntropy(int term) {
    return keptPositions[positionOf[term]];
  }

  /** Whether a sequence passed the off-policy mask. */
  boolean kept(int sequence) {
    return keptSequences[sequence];
  }

  /** ρ of a term. */
  double rho(int term) {
    return rho[term];
  }

  /** The weight of a sequence whose correction weighs whole sequences: ρ of its unmasked terms. */
  double sequenceRho(int start, int end) {
    for (int q = start; q < end; q++) {
      if (active[q]) {
        return rho[q];
      }
    }
    return 1;
  }

  /** The sequence of a term. */
  int sequenceOf(int term) {
    return sequenceOf[positionOf[term]];
  }

  /** The advantage of a term's sequence. */
  double advantage(int term) {
    return batch.advantages()[sequenceOf(term)];
  }

  /** The weight of a term in its position: 1, or 1 / terms for {@link SlotReduce#MEAN}. */
  private double slotWeight(int p) {
    int terms = batch.termStarts()[p + 1] - batch.termStarts()[p];
    return settings.slotReduce() == SlotReduce.SUM ? 1 : 1.0 / terms;
  }

  private double positionCoefficient(int p) {
    return keptPositions[p] && keptSequences[sequenceOf[p]] ? reductionOf[p] : 0;
  }

  /** d loss / d value of a term: reduction, slot weight and masks; without ρ. */
  double termCoefficient(int term) {
    int p = positionOf[term];
    return positionCoefficient(p) * slotWeight(p);
  }

  /** The reduction's coefficient of a position, whatever the masks of the policy term say. */
  double reductionOf(int position) {
    return reductionOf[position];
  }

  /** The reduction's coefficient of a term, whatever the masks of the policy term say. */
  double unmaskedCoefficient(int term) {
    int p = positionOf[term];
    return reductionOf[p] * slotWeight(p);
  }

  private double unitCoefficient(int u) {
    if (settings.level() == RatioLevel.TERM) {
      return termCoefficient(u) * rho[u];
    }
    double sum = 0;
    int previous = -1;
    for (int q = ratios.start(u); q < ratios.end(u); q++) {
      int p = positionOf[q];
      if (p != previous) {
        sum += positionCoefficient(p) * rho[q];
        previous = p;
      }
    }
    return sum;
  }

  /** Adds the value of unit {@code u}, whose derivative by its ratio is {@code slope}. */
  void addUnit(int u, double value, double slope) {
    double coefficient = unitCoefficient(u);
    if (coefficient != 0) {
      loss += coefficient * value;
      spread(u, coefficient * slope * ratios.ratioSlope(u));
    }
  }

  /** Adds weight·log π of the terms of unit {@code u}, with a weight that passes no gradient. */
  void addLogProbs(int u, double weight) {
    for (int q = ratios.start(u); q < ratios.end(u); q++) {
      if (active[q]) {
        double each = weight * termCoefficient(q) * rho[q];
        loss += each * batch.newLogProbs()[q];
        gradient[q] += each;
      }
    }
  }

  private void spread(int u, double each) {
    for (int q = ratios.start(u); q < ratios.end(u); q++) {
      addGradient(q, each);
    }
  }

  /** Adds to the loss. */
  void addLoss(double value) {
    loss += value;
  }

  /** Adds to the gradient of a term, if it takes part. */
  void addGradient(int term, double value) {
    gradient[term] += active[term] ? value : 0;
  }

  /** Adds to the gradient of a position's divergence from the reference. */
  void addDivergenceGradient(int position, double value) {
    divergenceGradient[position] += value;
  }

  /** Adds the KL term, the entropy bonus and the metrics of all losses; the frame is done then. */
  LossResult finish() {
    new KlTerm(settings, this).add();
    addEntropy();
    CommonMetrics.report(batch, active, metrics);
    return new LossResult(loss, gradient, entropyGradient, divergenceGradient, metrics);
  }

  private void addEntropy() {
    if (settings.entropy() == 0) {
      return;
    }
    if (batch.entropies().length == 0) {
      throw new IllegalArgumentException("an entropy bonus needs entropies");
    }
    Summary mean = new Summary();
    for (int p = 0; p < batch.positions(); p++) {
      if (keptPositions[p]) {
        mean.add(batch.entropies()[p]);
      }
    }
    metrics.put("policy_loss", loss);
    metrics.put("entropy_coef", settings.entropy());
    loss -= settings.entropy() * mean.mean() / totals.microBatches();
    for (int p = 0; p < batch.positions(); p++) {
      if (keptPositions[p]) {
        entropyGradient[p] = -settings.entropy() / mean.count() / totals.microBatches();
      }
    }
  }
}
