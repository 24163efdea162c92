package io.amalgam.policy.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rules of single losses on two sequences small enough to check by hand. */
final class LossRulesTest {
  private static final LossBatch BATCH =
      LossBatch.of(
              new int[] {0, 3, 5},
              new int[] {0, 1, 2, 3, 4, 5},
              new double[] {1, -.5},
              new boolean[] {true, true, true, true, true},
              new double[] {-.6, -.55, -2.5, -.4, -1.9})
          .withOld(new double[] {-1, -.5, -2, -.7, -1.2})
          .withBehaviour(new double[] {-1.1, -.45, -1.2, -.75, -1});

  private static LossResult evaluate(String type, Map<String, String> parameters) {
    return LossCatalog.create(type, parameters).evaluate(BATCH);
  }

  private static void expect(LossResult r, double... losses) {
    double sum = 0;
    for (double each : losses) {
      sum += each;
    }
    assertThat(r.loss()).isCloseTo(sum / losses.length, within(1e-9));
  }

  @Test
  void dppoDropsWhatMovedTooFarTheWayItIsPushed() {
    LossResult r = evaluate("dppo", Map.of());
    expect(r, 2.5e-4, -.904827418, -.270841793, .70965627, .00081);
    assertThat(r.metrics())
        .containsEntry("clip_ratio/high_mean", .2)
        .containsEntry("clip_ratio/low_mean", .2);
    assertThat(r.gradient()[0]).isCloseTo(2e-3 * .5 / 5, within(1e-15));
    assertThat(r.gradient()[1]).isCloseTo((-Math.exp(-.1) - 2e-4) / 5, within(1e-15));
  }

  @Test
  void ipoDropsWhatMovedTooFarAnyWay() {
    expect(evaluate("ipo", Map.of()), .00025, -.904827418, .00169, .0001225, .00081);
  }

  @Test
  void m2poDropsTheLargestSquaresUntilTheRestIsSmall() {
    LossBatch fresh = BATCH.withOld(new double[0]);
    LossResult r = LossCatalog.create("m2po", Map.of()).evaluate(fresh);
    assertThat(r.loss()).isCloseTo(-Math.exp(-.1) / 5, within(1e-15));
    assertThat(r.metrics().get("m2po/second_moment")).isCloseTo(.5765, within(1e-12));
    assertThat(r.metrics().get("m2po/second_moment_kept")).isCloseTo(.01, within(1e-12));
    assertThat(r.metrics().get("clip_ratio/region_mean")).isCloseTo(.8, within(1e-12));
    keptAt(fresh, .5, .298125);
    keptAt(fresh, .2, .1275);
    keptAt(fresh, .1, .06625);
    LossResult none = LossCatalog.create("m2po", Map.of("threshold", "0.001")).evaluate(fresh);
    assertThat(none.loss()).isZero();
    LossResult ofOld = evaluate("m2po", Map.of());
    assertThat(ofOld.metrics().get("m2po/second_moment_kept")).isCloseTo(.01375, within(1e-12));
  }

  private static void keptAt(LossBatch batch, double threshold, double moment) {
    LossResult r =
        LossCatalog.create("m2po", Map.of("threshold", Double.toString(threshold))).evaluate(batch);
    assertThat(r.metrics().get("m2po/second_moment_kept")).isCloseTo(moment, within(1e-12));
  }

  @Test
  void toprTakesGoodSequencesInFullAndBadOnesByTheirProduct() {
    double w = Math.exp(.35 - .9);
    LossResult r = evaluate("topr", Map.of());
    expect(r, .6, .55, 2.5, -.5 * w * .4, -.5 * w * 1.9);
    assertThat(r.gradient())
        .containsExactly(new double[] {-.2, -.2, -.2, .1 * w, .1 * w}, within(1e-15));
    assertThat(r.metrics().get("topr/negative_weight_mean")).isCloseTo(w, within(1e-15));
    expect(
        evaluate("topr", Map.of("level", "term")),
        .6,
        .55,
        2.5,
        -.5 * .4,
        -.5 * Math.exp(-.9) * 1.9);
  }

  @Test
  void aipoCapsTheWeightAgainstTheSampler() {
    LossResult r = evaluate("aipo", Map.of("cap", "1.2"));
    double[] w = {1.2, Math.exp(-.1), Math.exp(-1.3), 1.2, Math.exp(-.9)};
    expect(r, w[0] * .6, w[1] * .55, w[2] * 2.5, -.5 * w[3] * .4, -.5 * w[4] * 1.9);
    assertThat(r.gradient()[3]).isCloseTo(.5 * 1.2 / 5, within(1e-15));
    assertThat(r.metrics()).containsEntry("cispo_clip_ratio", .2);
  }

  @Test
  void cispoHasAFloorWhenAskedFor() {
    LossResult r = evaluate("cispo", Map.of("floor", "0.8", "cap", "1.28"));
    expect(r, 1.28 * .6, Math.exp(-.05) * .55, .8 * 2.5, -.5 * 1.28 * .4, -.5 * .8 * 1.9);
  }

  @Test
  void dualClipAndTwoSidedBoundTheLossOfABadActionThatBecameLikely() {
    LossBatch b = BATCH.withNew(new double[] {-.6, -.55, -2.5, -.4, .2 + Math.log(3)});
    LossResult dual = LossCatalog.create("dual-clip", Map.of()).evaluate(b);
    expect(dual, -1.2, -.95122942450, -.60653065971, .67492940379, 1.5);
    assertThat(dual.gradient()[4]).isZero();
    assertThat(dual.metrics()).containsEntry("clip_ratio/delta_mean", .2);
    LossResult twoSided = LossCatalog.create("two-sided", Map.of()).evaluate(b);
    expect(twoSided, -1.2, -.95122942450, -.60653065971, .67492940379, 2);
    assertThat(evaluate("dual-clip", Map.of()).loss())
        .isEqualTo(evaluate("dapo", Map.of("epsilon", "0.2")).loss());
  }

  @Test
  void clipCovDropsTheLargestCovarianceThatTheClipLeavesAlone() {
    // Means: A .4, log-prob −1.19. The first term is clipped already; the second is next.
    LossResult r =
        evaluate("clip-cov", Map.of("cov-share", "0.2", "cov-lower", "0.1", "cov-upper", "5"));
    expect(r, -1.2, 0, -.60653065971, .67492940379, .4);
    assertThat(r.gradient()[1]).isZero();
    assertThat(r.metrics()).containsEntry("cov/dropped_fraction", .2);
    assertThat(evaluate("clip-cov", Map.of()).loss())
        .isEqualTo(evaluate("dapo", Map.of("epsilon", "0.2")).loss());
  }

  @Test
  void klCovPenalisesTheLargestCovariances() {
    // Covariances: .354, .384, −.786, −.711, .639.
    LossResult r = evaluate("kl-cov", Map.of("cov-share", "0.4"));
    expect(
        r,
        -Math.exp(.4),
        -Math.exp(-.05) + .1 * .05,
        -Math.exp(-.5),
        .5 * Math.exp(.3),
        .5 * Math.exp(-.7) + .1 * .7);
    assertThat(r.gradient()[4]).isCloseTo((.5 * Math.exp(-.7) - .1) / 5, within(1e-15));
    assertThat(r.metrics()).containsEntry("cov/penalised_fraction", .4);
  }

  @Test
  void bypassTakesTheSamplerForTheOldPolicy() {
    LossResult r = evaluate("dapo", Map.of("proximal", "behaviour"));
    expect(r, -1.28, -Math.exp(-.1), -Math.exp(-1.3), .5 * Math.exp(.35), .5 * .8);
    LossBatch unknown = BATCH.withBehaviour(new double[] {-1.1, Double.NaN, Double.NaN, -.75, -1});
    LossResult holes =
        LossCatalog.create("dapo", Map.of("proximal", "behaviour")).evaluate(unknown);
    expect(holes, -1.28, -Math.exp(-.05), -Math.exp(-.5), .5 * Math.exp(.35), .5 * .8);
  }

  @Test
  void refusesWhatCannotBeCombined() {
    refused("async", Map.of("correction", "tis"), "needs no correction");
    refused("rloo", Map.of("correction", "tis"), "correction must be none, sequence-truncate");
    refused("gmpo", Map.of("correction", "icepop"), "correction must be none, sequence-truncate");
    refused("dppo", Map.of("level", "sequence"), "level must be term");
    refused("dppo", Map.of("proximal", "old"), "proximal must be behaviour");
    refused("kl-cov", Map.of("level", "position"), "level must be term");
    refused("m2po", Map.of("threshold", "0"), "above 0");
    refused("grpo", Map.of("epsilon", "0.2", "clip-low", "0.2"), "are the same");
    refused("grpo", Map.of("clip-low", "-1"), "at least 0");
    refused("grpo", Map.of("correction", "tiss"), "must be one of none, token-truncate, tis");
    refused("grpo", Map.of("correction-batch-normalise", "true"), "nothing to normalise");
    refused("clip-cov", Map.of("cov-share", "2"), "0.0 to 1.0");
  }

  private static void refused(String type, Map<String, String> parameters, String why) {
    assertThatThrownBy(() -> LossCatalog.create(type, parameters))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void everyTypeListsItsParameters() {
    assertThat(LossCatalog.parameters("grpo")).contains("clip-low", "epsilon", "delta");
    assertThat(LossCatalog.parameters("dppo")).contains("mask-low", "kl-tau").doesNotContain("cap");
    for (String type : LossCatalog.types()) {
      assertThat(LossCatalog.parameters(type)).contains("level", "correction-veto", "kl");
      assertThat(LossCatalog.create(type.replace('-', '_'), Map.of())).isNotNull();
      assertThat(LossCatalog.create(type, Map.of()).comparesProbabilities())
          .isEqualTo(type.equals("dppo") || type.equals("ipo"));
    }
  }
}
