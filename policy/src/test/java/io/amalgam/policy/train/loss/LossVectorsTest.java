package io.amalgam.policy.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two sequences small enough to check by hand. */
final class LossVectorsTest {
  private static final LossBatch BATCH =
      LossBatch.of(
              new int[] {0, 3, 5},
              new int[] {0, 1, 2, 3, 4, 5},
              new double[] {1, -.5},
              new boolean[] {true, true, true, true, true},
              new double[] {-.6, -.55, -2.5, -.4, -1.9})
          .withOld(new double[] {-1, -.5, -2, -.7, -1.2})
          .withBehaviour(new double[] {-1.1, -.45, -1.2, -.75, -1});

  @Test
  void knownVectorsHold() {
    expect("grpo", Map.of(), -.1908943298);
    expect("dapo", Map.of("epsilon", "0.2"), -.3365661361);
    expect("dr_grpo", Map.of("constant-length", "4"), -.2103538351);
    expect("dapo", Map.of("epsilon", "0.2", "epsilon-high", "0.28"), -.3525661361);
    expect("gspo", Map.of(), -.2256897123);
    expect("cispo", Map.of("epsilon-high", "5"), .4385739702);
    expect("cispo", Map.of("epsilon-high", "1.28"), .4159493588);
    expect("sapo", Map.of(), -.5495494909);
  }

  @Test
  void knownCorrectionsHold() {
    double[] rho = {1.10517092, .95122942, .44932896, 1.05127110, .81873075};
    double[] mask = {1.10517092, .95122942, 0, 1.05127110, .81873075};
    double[] sequence = {.4723665527, .4723665527, .4723665527, .8607079764, .8607079764};
    expectRho(Map.of("correction", "token_truncate"), rho);
    expectRho(Map.of("correction", "token_mask", "correction-min", "0.5"), mask);
    expectRho(Map.of("correction", "sequence_truncate"), sequence);
  }

  private static void expectRho(Map<String, String> parameters, double... expected) {
    PolicyLoss loss = LossCatalog.create("grpo", parameters);
    assertThat(SamplerWeights.of(BATCH, loss.settings())).containsExactly(expected, within(5e-9));
  }

  private static void expect(String type, Map<String, String> parameters, double expected) {
    LossResult r = LossCatalog.create(type, parameters).evaluate(BATCH);
    assertThat(r.loss()).as(type + parameters).isCloseTo(expected, within(5e-10));
  }

  @Test
  void decoupledWeighsEachTermByItsTruncatedRho() {
    LossResult r =
        LossCatalog.create("decoupled", Map.of("correction-max", "1.08")).evaluate(BATCH);
    double expected =
        (-1.28 * 1.08
                - Math.exp(-.05) * Math.exp(-.05)
                - Math.exp(-.5) * Math.exp(-.8)
                + .5 * Math.exp(.3) * Math.exp(.05)
                + .5 * .8 * Math.exp(-.2))
            / 5;
    assertThat(r.loss()).isCloseTo(expected, within(1e-12));
    assertThat(r.metrics()).containsKeys("kl_behaviour", "ratio/p99", "clip_ratio/low_mean");
  }

  @Test
  void microBatchesAddUpToTheStep() {
    LossBatch first =
        LossBatch.of(
                new int[] {0, 3},
                new int[] {0, 1, 2, 3},
                new double[] {1},
                new boolean[] {true, true, true},
                new double[] {-.6, -.55, -2.5})
            .withOld(new double[] {-1, -.5, -2});
    LossBatch second =
        LossBatch.of(
                new int[] {0, 2},
                new int[] {0, 1, 2},
                new double[] {-.5},
                new boolean[] {true, true},
                new double[] {-.4, -1.9})
            .withOld(new double[] {-.7, -1.2});
    BatchTotals totals = new BatchTotals(2, 5, 2);
    for (String type : new String[] {"grpo", "dapo", "dr_grpo", "gspo", "cispo", "sapo", "gmpo"}) {
      PolicyLoss loss = LossCatalog.create(type, Map.of());
      double parts = loss.evaluate(first, totals).loss() + loss.evaluate(second, totals).loss();
      assertThat(parts).as(type).isCloseTo(loss.evaluate(BATCH).loss(), within(1e-14));
    }
  }

  @Test
  void slotsAreClippedOneByOneAndCountedByPosition() {
    LossBatch mixture =
        LossBatch.of(
                new int[] {0, 2},
                new int[] {0, 2, 3},
                new double[] {1},
                new boolean[] {true, true},
                new double[] {-.5, -1, -1})
            .withOld(new double[] {-1, -1, -1});
    double slots = 1.2 + 1;
    expectMixture(mixture, Map.of("epsilon", "0.2"), -(slots + 1) / 2);
    expectMixture(mixture, Map.of("epsilon", "0.2", "slot-reduce", "mean"), -(slots / 2 + 1) / 2);
    expectMixture(mixture, Map.of("epsilon", "0.2", "level", "position"), -(1.2 + 1) / 2);
    expectMixture(
        mixture,
        Map.of("epsilon", "0.9", "level", "position", "slot-reduce", "mean"),
        -(Math.exp(.25) + 1) / 2);
  }

  private static void expectMixture(LossBatch b, Map<String, String> p, double expected) {
    assertThat(LossCatalog.create("dapo", p).evaluate(b).loss())
        .as(p.toString())
        .isCloseTo(expected, within(1e-12));
  }

  @Test
  void theCatalogueNamesWhatIsWrong() {
    assertThatThrownBy(() -> LossCatalog.create("ppo2", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ppo2")
        .hasMessageContaining("grpo");
    assertThatThrownBy(() -> LossCatalog.create("grpo", Map.of("epsilom", "1")))
        .hasMessageContaining("epsilom")
        .hasMessageContaining("epsilon-high");
    assertThatThrownBy(() -> LossCatalog.create("grpo", Map.of("epsilon", "x")))
        .hasMessageContaining("must be a number");
    assertThatThrownBy(() -> LossCatalog.create("grpo", Map.of("level", "row")))
        .hasMessageContaining("term, position, sequence");
    for (String type : LossCatalog.types()) {
      assertThat(LossCatalog.create(type, Map.of()).settings().kl()).as(type).isZero();
    }
  }

  @Test
  void aPositionThatTakesPartNeedsATerm() {
    assertThatThrownBy(
            () ->
                LossBatch.of(
                    new int[] {0, 1},
                    new int[] {0, 0},
                    new double[1],
                    new boolean[] {true},
                    new double[0]))
        .hasMessageContaining("position 0");
  }

  @Test
  void absurdLogProbsKeepTheLossFinite() {
    LossBatch b =
        BATCH
            .withNew(new double[] {-900, -1e-9, -2, -.7, -1000})
            .withReference(new double[] {-1, -900, -2, -.7, -1.2})
            .withEntropies(new double[5]);
    for (String type : LossCatalog.types()) {
      LossResult r = LossCatalog.create(type, Map.of("kl", "0.1")).evaluate(b);
      assertThat(r.loss()).as(type).isFinite();
      for (double g : r.gradient()) {
        assertThat(g).as(type).isFinite();
      }
      r.metrics().forEach((name, value) -> assertThat(value).as(type + " " + name).isFinite());
    }
  }
}
