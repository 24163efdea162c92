package io.amalgam.policy.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must be true of every loss, whatever its rule. */
final class LossInvariantsTest {
  static List<String> types() {
    return LossCatalog.types();
  }

  static List<LossFixtures.Case> cases() {
    return LossFixtures.cases();
  }

  @ParameterizedTest
  @MethodSource("types")
  void onPolicyTheGradientIsThatOfReinforce(String type) {
    LossBatch batch = LossFixtures.onPolicy();
    PolicyLoss loss = LossCatalog.create(type, Map.of());
    LossResult r = loss.evaluate(batch);
    double value = 0;
    for (int i = 0; i < batch.sequences(); i++) {
      for (int q = batch.sequenceStarts()[i]; q < batch.sequenceStarts()[i + 1]; q++) {
        double expected = -batch.advantages()[i] * coefficient(type, loss, batch, i);
        assertThat(r.gradient()[q]).as("term " + q).isCloseTo(expected, within(1e-12));
        value += expected;
      }
    }
    assertThat(r.metrics().get("ratio/mean")).isEqualTo(1);
    assertThat(r.metrics().get("ratio/max")).isEqualTo(1);
    if (Set.of("grpo", "decoupled", "bnpo", "dapo", "async", "dppo", "m2po").contains(type)) {
      assertThat(r.loss()).isCloseTo(value, within(1e-12));
    }
  }

  private static double coefficient(String type, PolicyLoss loss, LossBatch batch, int i) {
    double n = batch.maskedInPositions(i);
    if (type.equals("rloo")) {
      return 1.0 / batch.sequences();
    }
    return switch (loss.settings().reduction()) {
      case SEQUENCE_MEAN_TOKEN_MEAN -> 1 / (n * batch.sequences());
      case SEQUENCE_MEAN_TOKEN_SUM -> 1.0 / batch.sequences();
      case CONSTANT_LENGTH -> 1 / (batch.sequences() * loss.settings().constantLength());
      case TOKEN_MEAN, MICRO_BATCH_TOKEN_MEAN -> 1.0 / batch.maskedInPositions();
    };
  }

  @ParameterizedTest
  @MethodSource("types")
  void withoutAdvantageThereIsNoPolicyGradient(String type) {
    Map<String, String> noPenalty =
        switch (type) {
          case "dppo", "ipo" -> Map.of("kl-tau", "0");
          case "kl-cov" -> Map.of("cov-kl", "0");
          default -> Map.of();
        };
    LossBatch flat = LossFixtures.withAdvantages(LossFixtures.offPolicy(), 0, 0, 0);
    LossResult r = LossCatalog.create(type, noPenalty).evaluate(flat);
    assertThat(r.loss()).isZero();
    for (double g : r.gradient()) {
      assertThat(g).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void maskedPositionsChangeNothing(LossFixtures.Case c) {
    LossBatch batch = LossFixtures.mixtures();
    LossBatch disturbed =
        batch
            .withNew(disturbed(batch, batch.newLogProbs()))
            .withOld(disturbed(batch, batch.oldLogProbs()))
            .withBehaviour(disturbed(batch, batch.behaviourLogProbs()))
            .withReference(disturbed(batch, batch.referenceLogProbs()));
    double[] entropies = batch.entropies().clone();
    entropies[2] = 50;
    entropies[13] = -50;
    LossResult expected = c.loss().evaluate(batch);
    LossResult actual = c.loss().evaluate(disturbed.withEntropies(entropies));
    assertThat(actual.loss()).isEqualTo(expected.loss());
    assertThat(actual.gradient()).isEqualTo(expected.gradient());
    assertThat(actual.entropyGradient()).isEqualTo(expected.entropyGradient());
    assertThat(actual.metrics()).isEqualTo(expected.metrics());
    assertThat(actual.gradient()[batch.termStarts()[2]]).isZero();
  }

  private static double[] disturbed(LossBatch batch, double[] values) {
    double[] out = values.clone();
    for (int p = 0; p < batch.positions(); p++) {
      if (!batch.mask()[p]) {
        Arrays.fill(out, batch.termStarts()[p], batch.termStarts()[p + 1], -3.25 * (p + 1));
      }
    }
    return out;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void sequencesWithoutAdvantageMayBeLeftOutUnlessTheLossSaysNo(LossFixtures.Case c) {
    PolicyLoss loss = c.loss();
    if (loss.usesZeroAdvantages()) {
      return;
    }
    LossBatch all = LossFixtures.withAdvantages(LossFixtures.offPolicy(), .5, -.75, 0);
    LossBatch part =
        LossBatch.of(
                new int[] {0, 4, 6},
                Arrays.copyOf(all.termStarts(), 7),
                new double[] {.5, -.75},
                Arrays.copyOf(all.mask(), 6),
                Arrays.copyOf(all.newLogProbs(), 6))
            .withOld(Arrays.copyOf(all.oldLogProbs(), 6))
            .withBehaviour(Arrays.copyOf(all.behaviourLogProbs(), 6));
    BatchTotals totals = BatchTotals.of(all);
    LossResult expected = loss.evaluate(all, totals);
    LossResult actual = loss.evaluate(part, totals);
    assertThat(actual.loss()).isCloseTo(expected.loss(), within(1e-14));
    assertThat(actual.gradient())
        .containsExactly(Arrays.copyOf(expected.gradient(), 6), within(1e-14));
  }

  @ParameterizedTest
  @MethodSource("types")
  void whatLooksBeyondAdvantagesSaysSo(String type) {
    boolean population = Set.of("bnpo", "clip-cov", "kl-cov", "dppo", "ipo", "m2po").contains(type);
    assertThat(LossCatalog.create(type, Map.of()).usesZeroAdvantages()).isEqualTo(population);
    assertThat(LossCatalog.create(type, Map.of("entropy", "0.01")).usesZeroAdvantages()).isTrue();
    assertThat(LossCatalog.create(type, Map.of("kl", "0.01")).usesZeroAdvantages()).isTrue();
  }
}
