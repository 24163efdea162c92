package io.amalgam.policy.model.lora;

import static org.assertj.core.api.Assertions.assertThat;

import io.amalgam.policy.model.DType;
import io.amalgam.policy.model.Family;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.PublishedValues;
import io.amalgam.policy.model.RandomInit;
import java.util.EnumSet;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class AdapterMergeTest {
  private static final ModelConfig MODEL =
      ModelConfig.of(Family.QWEN2, 11, 8, 12, 2, 2, 1, true, 16);

  /** Against the definition, term by term, for every target, rank and format. */
  @Property(tries = 40)
  void everyEntryIsTheBasePlusTheScaledProduct(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 9) int rank,
      @ForAll LoraTarget target,
      @ForAll boolean half,
      @ForAll boolean rankStabilised) {
    DType dtype = half ? DType.BF16 : DType.F32;
    ModelWeights base = RandomInit.weights(MODEL, seed).as(dtype);
    LoraSpec spec = new LoraSpec(rank, 3, EnumSet.of(target), rankStabilised);
    LoraAdapter adapter = random(spec, seed);
    ModelWeights merged = AdapterMerge.merge(base, adapter);
    assertThat(merged.tensors().keySet()).isEqualTo(base.tensors().keySet());
    for (String name : base.tensors().keySet()) {
      boolean adapted = name.equals(target.weight(0)) || name.equals(target.weight(1));
      if (!adapted) {
        assertThat(merged.get(name)).as(name).isSameAs(base.get(name));
      }
    }
    for (int l = 0; l < 2; l++) {
      HostTensor w = base.get(target.weight(l));
      float[] values = w.toFloats();
      float[] a = adapter.weights().get(target.a(l)).toFloats();
      float[] b = adapter.weights().get(target.b(l)).toFloats();
      int width = (int) w.shape()[1];
      float[] want = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        double sum = 0;
        for (int j = rank - 1; j >= 0; j--) {
          sum += (double) b[i / width * rank + j] * a[j * width + i % width];
        }
        want[i] = (float) (values[i] + spec.scale() * sum);
      }
      assertThat(merged.get(target.weight(l)).toFloats()).containsExactly(want);
      HostTensor published =
          AdapterMerge.published(base, PublishedValues.of(base), adapter).get(target.weight(l));
      assertThat(published.dtype()).isEqualTo(DType.BF16);
      for (int i = 0; i < want.length; i++) {
        assertThat(published.bytes().getShort(2 * i)).isEqualTo(HostTensor.toBf16Bits(want[i]));
      }
    }
  }

  /** A new adapter changes no bit. */
  @Property(tries = 5)
  void anInitialAdapterChangesNothing(@ForAll long seed) {
    ModelWeights base = RandomInit.weights(MODEL, seed).as(DType.BF16);
    ModelWeights merged =
        AdapterMerge.published(
            base, base, LoraAdapter.initial(MODEL, LoraSpec.ofAllLinears(4, 8), seed));
    base.tensors()
        .forEach((name, t) -> assertThat(merged.get(name).bytes()).as(name).isEqualTo(t.bytes()));
  }

  private static LoraAdapter random(LoraSpec spec, long seed) {
    Random random = new Random(seed);
    SortedMap<String, HostTensor> out = new TreeMap<>();
    spec.parameters(MODEL)
        .forEach(
            (name, shape) -> {
              float[] values = new float[(int) (shape[0] * shape[1])];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
              }
              out.put(name, HostTensor.ofFloats(values, shape));
            });
    return new LoraAdapter(spec, new ModelWeights(out));
  }
}
