package io.amalgam.policy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.decode.TinyModel;
import io.amalgam.policy.kernel.AdamWSettings;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.kernel.TrainableModel;
import java.util.List;
import org.junit.jupiter.api.Test;

class SupervisedTest {
  private static final List<SupervisedExample> EXAMPLES =
      List.of(
          new SupervisedExample(new int[] {1, 2, 3}, new int[] {4, 5, 6, 7}),
          new SupervisedExample(new int[] {9}, new int[] {10, 11}));

  @Test
  void theLossIsTheMeanCrossEntropyOfTheResponses() {
    double expected;
    try (GenerationModel model =
        GenerationModel.load(TinyModel.CONFIG, TinyModel.weights(1), TinyModel.compute())) {
      expected = (crossEntropy(model, EXAMPLES.get(0)) + crossEntropy(model, EXAMPLES.get(1))) / 6;
    }
    try (TrainableModel model =
        TrainableModel.load(TinyModel.CONFIG, TinyModel.weights(1), TinyModel.compute(), false)) {
      assertThat(new Supervised(model, 100, false).loss(EXAMPLES))
          .isCloseTo(expected, within(1e-5));
      assertThat(new Supervised(model, 1, false).loss(EXAMPLES)).isCloseTo(expected, within(1e-5));
    }
  }

  private static double crossEntropy(GenerationModel model, SupervisedExample e) {
    int[] ids = new int[e.inputs()];
    System.arraycopy(e.promptIds(), 0, ids, 0, e.promptIds().length);
    System.arraycopy(e.responseIds(), 0, ids, e.promptIds().length, e.responseIds().length - 1);
    float[] ones = new float[ids.length];
    java.util.Arrays.fill(ones, 1);
    float[] logits = model.logits(ids, ones, 1);
    double sum = 0;
    for (int t = 0; t < e.responseIds().length; t++) {
      int from = (e.promptIds().length - 1 + t) * TinyModel.VOCABULARY;
      double total = 0;
      for (int v = 0; v < TinyModel.VOCABULARY; v++) {
        total += Math.exp(logits[from + v]);
      }
      sum += Math.log(total) - logits[from + e.responseIds()[t]];
    }
    return sum;
  }

  @Test
  void stepsLearnTheExamples() {
    try (TrainableModel model =
        TrainableModel.load(TinyModel.CONFIG, TinyModel.weights(1), TinyModel.compute(), false)) {
      Supervised supervised = new Supervised(model, 100, false);
      AdamWSettings adam = new AdamWSettings(1e-2, .9, .98, 1e-8, .01, 1);
      double first = supervised.train(EXAMPLES, adam).loss();
      SupervisedReport last = supervised.train(EXAMPLES, adam);
      for (int i = 0; i < 30; i++) {
        last = supervised.train(EXAMPLES, adam);
      }
      assertThat(last.loss()).isLessThan(first / 4);
      assertThat(last.responseTokens()).isEqualTo(6);
      assertThat(last.tokens()).isEqualTo(6 + 2);
      assertThat(last.skipped()).isFalse();
    }
  }
}
