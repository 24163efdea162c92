package io.amalgam.policy.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import io.amalgam.policy.model.DType;
import io.amalgam.policy.model.Family;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.RandomInit;
import io.amalgam.policy.model.lora.LoraAdapter;
import io.amalgam.policy.model.lora.LoraSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients and moments kept in bf16, for all weights and for an adapter. */
class StateFormatTest {
  private static final ComputeSettings F32 = GoldenForwardTest.F32;
  private static final AdamWSettings ADAM = new AdamWSettings(1e-2, 0.9, 0.95, 1e-8, 0.01, 1);
  private static final ModelConfig CONFIG =
      ModelConfig.of(Family.QWEN3, 90, 24, 40, 2, 4, 2, true, 64);
  private static final ModelWeights START = Scaled.times(RandomInit.weights(CONFIG, 3), 10);

  private static TrainableSettings settings(
      boolean adapter, StateFormat gradients, StateFormat moments) {
    return new TrainableSettings(
        true,
        gradients,
        moments,
        adapter
            ? Optional.of(LoraAdapter.initial(CONFIG, LoraSpec.ofAllLinears(4, 8), 1))
            : Optional.empty());
  }

  static Stream<TrainableSettings> rounded() {
    return Stream.of(false, true)
        .flatMap(
            adapter ->
                Stream.of(
                    settings(adapter, StateFormat.BF16, StateFormat.F32),
                    settings(adapter, StateFormat.F32, StateFormat.BF16),
                    settings(adapter, StateFormat.BF16, StateFormat.BF16)));
  }

  private static double sum(ModelWeights w) {
    double sum = 0;
    for (HostTensor t : w.tensors().values()) {
      for (float v : t.toFloats()) {
        sum += v;
      }
    }
    return sum;
  }

  private static TrainableModel load(TrainableSettings settings) {
    return TrainableModel.load(CONFIG, START, F32, settings);
  }

  @ParameterizedTest
  @MethodSource("rounded")
  void learnsAsWithF32(TrainableSettings settings) {
    TrainableSettings exact = settings.withFormats(StateFormat.F32, StateFormat.F32);
    try (TrainableModel a = load(settings);
        TrainableModel b = load(exact)) {
      double first = TinyBatch.accumulate(a, 1);
      TinyBatch.accumulate(b, 1);
      assertThat(a.gradientNorm()).isCloseTo(b.gradientNorm(), within(3e-3 * b.gradientNorm()));
      double[] last = new double[2];
      for (int i = 0; i < 10; i++) {
        a.step(ADAM);
        b.step(ADAM);
        last[0] = TinyBatch.accumulate(a, 1);
        last[1] = TinyBatch.accumulate(b, 1);
      }
      assertThat(last[1]).isLessThan(0.9 * first);
      assertThat(last[0]).isCloseTo(last[1], within(0.1 * (first - last[1])));
      DType stored = settings.moments().stored();
      assertThat(a.secondMoments().tensors().values()).allMatch(t -> t.dtype() == stored);
    }
  }

  /**
   * With a decay of 0.999 the steps of the second moment soon are below half a unit in the last
   * place of bf16: rounded to nearest it would stop at about a third of the way.
   */
  @Test
  void theSecondMomentDoesNotStall() {
    AdamWSettings still = new AdamWSettings(0, 0.9, 0.999, 1e-8, 0, Double.POSITIVE_INFINITY);
    TrainableSettings settings = settings(false, StateFormat.F32, StateFormat.BF16);
    try (TrainableModel a = load(settings);
        TrainableModel b = load(settings.withFormats(StateFormat.F32, StateFormat.F32))) {
      for (int i = 0; i < 1000; i++) {
        for (TrainableModel model : List.of(a, b)) {
          // the weights do not move: every step has the same gradient
          TinyBatch.accumulate(model, 1);
          model.step(still);
        }
      }
      assertThat(sum(a.secondMoments()))
          .isCloseTo(sum(b.secondMoments()), within(0.02 * sum(b.secondMoments())));
    }
  }

  @ParameterizedTest
  @MethodSource("rounded")
  void runsRepeatAndGoOnAfterARestore(TrainableSettings settings) {
    try (TrainableModel a = load(settings);
        TrainableModel b = load(settings)) {
      for (int i = 0; i < 3; i++) {
        TinyBatch.accumulate(a, 1);
        a.step(ADAM);
        if (i == 0) {
          b.restore(a.masters(), a.optimiserState());
        } else {
          TinyBatch.accumulate(b, 1);
          b.step(ADAM);
        }
      }
      assertThat(b.steps()).isEqualTo(3);
      assertSame(a.masters(), b.masters());
      assertSame(a.firstMoments(), b.firstMoments());
      assertSame(a.secondMoments(), b.secondMoments());
      assertSame(a.published(), b.published());
    }
  }

  @ParameterizedTest
  @MethodSource("rounded")
  void aGradientThatIsNotFiniteChangesNothing(TrainableSettings settings) {
    try (TrainableModel model = load(settings)) {
      TinyBatch.accumulate(model, 1);
      model.step(ADAM);
      ModelWeights masters = model.masters();
      ModelWeights second = model.secondMoments();
      TinyBatch.accumulate(model, Float.NaN);
      assertThat(model.step(ADAM).skipped()).isTrue();
      assertThat(model.steps()).isEqualTo(1);
      assertSame(model.masters(), masters);
      assertSame(model.secondMoments(), second);
      TinyBatch.accumulate(model, 1);
      assertThat(model.step(ADAM).skipped()).isFalse();
    }
  }

  /** Over all random numbers a value is rounded away as often as its distance says. */
  @Property(tries = 30)
  void roundingByChanceKeepsTheMean(@ForAll @FloatRange(min = -1e30f, max = 1e30f) float value) {
    int kinds = 1 << 16;
    KernelModule module = KernelModule.on("cpu");
    float[] values = new float[kinds];
    Arrays.fill(values, value);
    try (CallScope scope = new CallScope(module)) {
      IValue noise = scope.of(scope.tensor(LongStream.range(0, kinds).toArray(), kinds));
      PtNDArray whole = scope.keep(module.tensor(1, "cast", noise, scope.integer(3)));
      IValue x = scope.of(scope.tensor(values, kinds));
      PtNDArray place = scope.keep(module.tensor(1, "cast", x, scope.integer(KernelModule.BF16)));
      PtNDArray rounded =
          scope.keep(module.tensor(1, "round_by_chance", scope.of(place), x, scope.of(whole)));
      float[] got =
          scope
              .keep(module.tensor(1, "cast", scope.of(rounded), scope.integer(KernelModule.F32)))
              .toFloatArray();
      int bits = Float.floatToRawIntBits(value);
      float towardsZero = Float.intBitsToFloat(bits & 0xFFFF0000);
      float away = Float.intBitsToFloat((bits & 0xFFFF0000) + 0x10000);
      int moved = 0;
      for (float g : got) {
        assertThat(g == towardsZero || g == away).isTrue();
        moved += g == away ? 1 : 0;
      }
      assertThat(moved).isEqualTo(bits & 0xFFFF);
    }
  }

  private static void assertSame(ModelWeights a, ModelWeights b) {
    assertThat(a.tensors().keySet()).isEqualTo(b.tensors().keySet());
    a.tensors().forEach((name, t) -> assertThat(t.bytes()).as(name).isEqualTo(b.get(name).bytes()));
  }
}
