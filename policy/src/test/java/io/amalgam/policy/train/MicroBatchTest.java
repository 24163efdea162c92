package io.amalgam.policy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.decode.TinyModel;
import io.amalgam.policy.kernel.AdamWSettings;
import io.amalgam.policy.kernel.StateFormat;
import io.amalgam.policy.kernel.TrainableModel;
import io.amalgam.policy.kernel.TrainableSettings;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.lora.LoraAdapter;
import io.amalgam.policy.model.lora.LoraSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A step that is cut into micro-batches learns what the whole step learns. */
class MicroBatchTest {
  private static final AdamWSettings ADAM = new AdamWSettings(1e-2, .9, .98, 1e-8, .01, 1);

  /** What is trained, and how far the sums of its parts may be from the whole. */
  record Case(TrainableSettings settings, double relative) {}

  static Stream<Case> cases() {
    LoraAdapter adapter = LoraAdapter.initial(TinyModel.CONFIG, LoraSpec.ofAllLinears(4, 8), 3);
    return Stream.of(TrainableSettings.full(true), TrainableSettings.lora(true, adapter))
        .flatMap(
            s ->
                Stream.of(
                    new Case(s, 1e-4),
                    new Case(s.withFormats(StateFormat.F32, StateFormat.BF16), 1e-4),
                    new Case(s.withFormats(StateFormat.BF16, StateFormat.BF16), 2e-2)));
  }

  private static List<SupervisedExample> examples() {
    Random random = new Random(2);
    List<SupervisedExample> out = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      out.add(new SupervisedExample(ids(random, 1 + 2 * i), ids(random, 2 + i % 4)));
    }
    return out;
  }

  private static int[] ids(Random random, int size) {
    return random.ints(size, 0, TinyModel.VOCABULARY).toArray();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theCutDoesNotMatter(Case c) {
    ModelWeights start = TinyModel.weights(1);
    try (TrainableModel whole =
            TrainableModel.load(TinyModel.CONFIG, start, TinyModel.compute(), c.settings());
        TrainableModel cut =
            TrainableModel.load(TinyModel.CONFIG, start, TinyModel.compute(), c.settings())) {
      // AdamW hides the size of a first gradient; several steps with a small one show it
      for (int step = 0; step < 3; step++) {
        SupervisedReport a = new Supervised(whole, 10_000, false).train(examples(), ADAM);
        SupervisedReport b = new Supervised(cut, 25, true).train(examples(), ADAM);
        assertThat(b.loss()).isCloseTo(a.loss(), within(step == 0 ? 1e-5 : 20 * c.relative()));
        assertThat(b.gradNorm())
            .isCloseTo(a.gradNorm(), within((step == 0 ? 1 : 20) * c.relative() * a.gradNorm()));
        assertThat(b.tokens()).isEqualTo(a.tokens());
        assertThat(b.responseTokens()).isEqualTo(a.responseTokens());
      }
    }
  }

  /** Every item once, no part above the budget but by a single item, no more parts than needed. */
  @Property(tries = 200)
  void partsStayWithinTheBudget(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 300) Integer> sizes,
      @ForAll @IntRange(min = 1, max = 500) int budget) {
    List<List<Integer>> parts = ReplayPacker.divide(sizes, s -> s, budget);
    assertThat(parts.stream().flatMap(List::stream).sorted().toList())
        .isEqualTo(sizes.stream().sorted().toList());
    for (List<Integer> part : parts) {
      int sum = part.stream().mapToInt(s -> s).sum();
      assertThat(sum <= budget || part.size() == 1).isTrue();
    }
    // two neighbours never fit into one
    for (int i = 0; i + 1 < parts.size(); i++) {
      int sum = parts.get(i).stream().mapToInt(s -> s).sum() + parts.get(i + 1).get(0);
      assertThat(sum).isGreaterThan(budget);
    }
  }
}
