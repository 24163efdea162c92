package io.amalgam.policy.kernel;

import static io.amalgam.policy.kernel.GoldenModel.largestDifference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amalgam.policy.model.DType;
import io.amalgam.policy.model.Family;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelFormatException;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.RandomInit;
import io.amalgam.policy.model.lora.LoraAdapter;
import io.amalgam.policy.model.lora.LoraSpec;
import io.amalgam.policy.model.lora.LoraTarget;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Training of adapters: their gradients, what is published, checkpoints. */
class LoraTrainingTest {
  private static final ComputeSettings F32 = GoldenForwardTest.F32;
  private static final ComputeSettings BF16 = new ComputeSettings(1, ComputeFormat.BF16, "cpu");
  private static final AdamWSettings ADAM = new AdamWSettings(1e-2, 0.9, 0.95, 1e-8, 0.01, 1);
  private static final ModelConfig CONFIG =
      ModelConfig.of(Family.QWEN2, 90, 24, 40, 2, 4, 2, true, 64);
  private static final ModelWeights BASE = Scaled.times(RandomInit.weights(CONFIG, 3), 10);

  /** An adapter that changes the model: B is not zero. */
  private static LoraAdapter adapter(LoraSpec spec, long seed) {
    SortedMap<String, HostTensor> out =
        new TreeMap<>(LoraAdapter.initial(CONFIG, spec, seed).weights().tensors());
    Random random = new Random(seed);
    out.replaceAll(
        (name, t) -> {
          float[] values = t.toFloats();
          for (int i = 0; name.endsWith("lora_B.weight") && i < values.length; i++) {
            values[i] = 0.3f * (float) random.nextGaussian();
          }
          return HostTensor.ofFloats(values, t.shape());
        });
    return new LoraAdapter(spec, new ModelWeights(out));
  }

  private static double[] product(float[] a, int rows, int inner, float[] b, int columns) {
    double[] out = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < inner; k++) {
        for (int j = 0; j < columns; j++) {
          out[i * columns + j] += (double) a[i * inner + k] * b[k * columns + j];
        }
      }
    }
    return out;
  }

  private static float[] transposed(float[] a, int rows, int columns) {
    float[] out = new float[a.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        out[j * rows + i] = a[i * columns + j];
      }
    }
    return out;
  }

  private static float[] scaled(double[] a, double scale) {
    float[] out = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      out[i] = (float) (scale * a[i]);
    }
    return out;
  }

  /** The largest magnitude, at least 1: sums in f32 are as exact as their largest terms. */
  private static double largest(float[] a) {
    double largest = 1;
    for (float v : a) {
      largest = Math.max(largest, Math.abs(v));
    }
    return largest;
  }

  /** With dW the gradient of a merged matrix, A has s BT dW and B has s dW AT. */
  @Property(tries = 20)
  void gradientsAreThoseOfTheFullGradient(
      @ForAll @Size(min = 1) Set<LoraTarget> targets,
      @ForAll @IntRange(min = 1, max = 5) int rank,
      @ForAll boolean rankStabilised) {
    LoraSpec spec = new LoraSpec(rank, 6, targets, rankStabilised);
    LoraAdapter adapter = adapter(spec, rank);
    double s = spec.scale();
    SortedMap<String, HostTensor> merged = new TreeMap<>(BASE.tensors());
    for (int l = 0; l < CONFIG.layers(); l++) {
      for (LoraTarget t : targets) {
        HostTensor a = adapter.weights().get(t.a(l));
        HostTensor b = adapter.weights().get(t.b(l));
        int out = (int) b.shape()[0];
        int in = (int) a.shape()[1];
        float[] w = BASE.get(t.weight(l)).toFloats();
        double[] delta = product(b.toFloats(), out, rank, a.toFloats(), in);
        for (int i = 0; i < w.length; i++) {
          w[i] += (float) (s * delta[i]);
        }
        merged.put(t.weight(l), HostTensor.ofFloats(w, out, in));
      }
    }
    try (TrainableModel full = TrainableModel.load(CONFIG, new ModelWeights(merged), F32, false);
        TrainableModel lora =
            TrainableModel.load(CONFIG, BASE, F32, TrainableSettings.lora(false, adapter))) {
      double loss = TinyBatch.accumulate(full, 1);
      assertThat(TinyBatch.accumulate(lora, 1))
          .isCloseTo(loss, org.assertj.core.api.Assertions.within(1e-5));
      ModelWeights dense = full.gradients();
      ModelWeights got = lora.gradients();
      assertThat(got.tensors().keySet()).isEqualTo(spec.parameters(CONFIG).keySet());
      for (int l = 0; l < CONFIG.layers(); l++) {
        for (LoraTarget t : targets) {
          float[] a = adapter.weights().get(t.a(l)).toFloats();
          float[] b = adapter.weights().get(t.b(l)).toFloats();
          float[] w = dense.get(t.weight(l)).toFloats();
          int in = a.length / rank;
          int out = b.length / rank;
          float[] da = scaled(product(transposed(b, out, rank), rank, out, w, in), s);
          float[] db = scaled(product(w, out, in, transposed(a, rank, in), rank), s);
          assertThat(largestDifference(got.get(t.a(l)).toFloats(), da))
              .isLessThan(2e-5 * largest(da));
          assertThat(largestDifference(got.get(t.b(l)).toFloats(), db))
              .isLessThan(2e-5 * largest(db));
        }
      }
    }
  }

  @Test
  void aNewAdapterChangesNothingUntilItIsTrained() {
    LoraAdapter adapter = LoraAdapter.initial(CONFIG, LoraSpec.ofAllLinears(3, 6), 1);
    ModelWeights base = BASE.as(DType.BF16);
    for (ComputeSettings settings : new ComputeSettings[] {F32, BF16}) {
      try (TrainableModel model =
          TrainableModel.load(CONFIG, base, settings, TrainableSettings.lora(true, adapter))) {
        assertSame(model.published(), base);
        double first = TinyBatch.accumulate(model, 1);
        double last = first;
        for (int i = 0; i < 12; i++) {
          assertThat(model.step(ADAM).skipped()).isFalse();
          last = TinyBatch.accumulate(model, 1);
        }
        assertThat(last).isLessThan(0.8 * first);
        // what has no adapter is as it was
        ModelWeights published = model.published();
        for (String name : base.tensors().keySet()) {
          assertThat(published.get(name).bytes().equals(base.get(name).bytes()))
              .as(name)
              .isEqualTo(!name.endsWith("_proj.weight"));
        }
        assertThat(model.adapter().orElseThrow().weights().tensors().keySet())
            .isEqualTo(adapter.spec().parameters(CONFIG).keySet());
      }
    }
  }

  /** What generators decode is what the replay computes with. */
  @Test
  void theReplayReadsThePublishedWeights() {
    LoraSpec some = new LoraSpec(2, 8, EnumSet.of(LoraTarget.VALUE, LoraTarget.UP), true);
    LoraAdapter adapter = adapter(some, 9);
    for (ComputeSettings settings : new ComputeSettings[] {F32, BF16}) {
      try (TrainableModel lora =
              TrainableModel.load(CONFIG, BASE, settings, TrainableSettings.lora(true, adapter));
          TrainableModel merged = TrainableModel.load(CONFIG, lora.published(), settings, true);
          ForwardPass a = lora.forward(TinyBatch.batch(false));
          ForwardPass b = merged.forward(TinyBatch.batch(false))) {
        assertThat(a.features().logProbs()).isEqualTo(b.features().logProbs());
      }
    }
  }

  @Test
  void aRestoredAdapterGoesOnBitByBit() {
    LoraAdapter start = adapter(LoraSpec.ofAllLinears(2, 4), 1);
    TrainableSettings settings = TrainableSettings.lora(true, start);
    try (TrainableModel a = TrainableModel.load(CONFIG, BASE, F32, settings);
        TrainableModel b = TrainableModel.load(CONFIG, BASE, F32, settings)) {
      TinyBatch.accumulate(a, 1);
      a.step(ADAM);
      b.restore(a.masters(), a.optimiserState());
      for (TrainableModel model : new TrainableModel[] {a, b}) {
        TinyBatch.accumulate(model, 1);
        model.step(ADAM);
      }
      assertThat(b.steps()).isEqualTo(2);
      assertSame(a.masters(), b.masters());
      assertSame(a.published(), b.published());
      assertThatThrownBy(() -> a.restore(BASE, a.optimiserState()))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("the adapter lacks");
    }
  }

  @Test
  void aGradientThatIsNotFiniteChangesNothing() {
    TrainableSettings settings =
        TrainableSettings.lora(true, adapter(LoraSpec.ofAllLinears(2, 4), 1));
    try (TrainableModel model = TrainableModel.load(CONFIG, BASE, F32, settings)) {
      TinyBatch.accumulate(model, 1);
      model.step(ADAM);
      ModelWeights masters = model.masters();
      ModelWeights second = model.secondMoments();
      ModelWeights published = model.published();
      TinyBatch.accumulate(model, Float.POSITIVE_INFINITY);
      assertThat(model.step(ADAM).skipped()).isTrue();
      assertThat(model.steps()).isEqualTo(1);
      assertSame(model.masters(), masters);
      assertSame(model.secondMoments(), second);
      assertSame(model.published(), published);
      assertThat(model.gradientNorm()).isZero();
    }
  }

  @Test
  void anAdapterOfAnotherShapeIsRefused() {
    LoraAdapter two = adapter(LoraSpec.ofAllLinears(2, 4), 1);
    LoraAdapter wrong = new LoraAdapter(LoraSpec.ofAllLinears(3, 4), two.weights());
    assertThatThrownBy(
            () -> TrainableModel.load(CONFIG, BASE, F32, TrainableSettings.lora(true, wrong)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("model.layers.0.mlp.down_proj.lora_A.weight has shape [2, 40]");
  }

  private static void assertSame(ModelWeights a, ModelWeights b) {
    assertThat(a.tensors().keySet()).isEqualTo(b.tensors().keySet());
    a.tensors().forEach((name, t) -> assertThat(t.bytes()).as(name).isEqualTo(b.get(name).bytes()));
  }
}
