package io.amalgam.policy.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amalgam.policy.model.DType;
import io.amalgam.policy.model.Family;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelFormatException;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.PublishedValues;
import io.amalgam.policy.model.RandomInit;
import io.amalgam.policy.model.lora.AdapterMerge;
import io.amalgam.policy.model.lora.LoraAdapter;
import io.amalgam.policy.model.lora.LoraSpec;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrozenModelTest {
  private static final ModelConfig MODEL =
      ModelConfig.of(Family.QWEN2, 97, 32, 48, 3, 4, 2, true, 64);
  private static final ModelWeights STORED = RandomInit.weights(MODEL, 4);

  private static LoraAdapter adapter(LoraSpec spec, long seed) {
    Random random = new Random(seed);
    SortedMap<String, HostTensor> out = new TreeMap<>();
    spec.parameters(MODEL)
        .forEach(
            (name, shape) -> {
              float[] values = new float[(int) (shape[0] * shape[1])];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian() / 4;
              }
              out.put(name, HostTensor.ofFloats(values, shape));
            });
    return new LoraAdapter(spec, new ModelWeights(out));
  }

  private static void assertSame(ModelWeights a, ModelWeights b) {
    assertThat(a.tensors().keySet()).isEqualTo(b.tensors().keySet());
    a.tensors()
        .forEach(
            (name, t) -> {
              assertThat(b.get(name).dtype()).isEqualTo(t.dtype());
              assertThat(b.get(name).bytes()).as(name).isEqualTo(t.bytes());
            });
  }

  /**
   * Versions of an adapter travel as deltas and anchors; each gives the bits of merging it here.
   */
  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F32", "BF16"})
  void aReceiverMergesWhatTheLearnerWouldMerge(DType dtype) {
    ModelWeights stored = STORED.as(dtype);
    FrozenModel learner = new FrozenModel(MODEL, stored);
    FrozenModel receiver = new FrozenModel(MODEL, stored.as(dtype));
    LoraSpec spec = new LoraSpec(2, 3.7, LoraSpec.ofAllLinears(1, 1).targets(), true);
    DeltaChain chain =
        new DeltaChain(
            PublishedWeights.of(
                WeightVersion.of(0), learner.publish(LoraAdapter.initial(MODEL, spec, 1))),
            3,
            2);
    WeightFollower follower = new WeightFollower();
    chain.catchUp(Optional.empty()).updates().forEach(follower::offer);
    assertSame(
        receiver.weights(follower.current().orElseThrow().weights()), PublishedValues.of(stored));
    for (int version = 1; version <= 5; version++) {
      LoraAdapter now = adapter(spec, version);
      chain.publish(PublishedWeights.of(WeightVersion.of(version), learner.publish(now)));
      if (version == 4) {
        follower = new WeightFollower();
      }
      chain.catchUp(follower.version()).updates().forEach(follower::offer);
      assertSame(
          receiver.weights(follower.current().orElseThrow().weights()),
          PublishedValues.of(AdapterMerge.merge(stored, now)));
    }
  }

  @Test
  void anUpdateIsMuchSmallerThanOneOfTheWholeModel() {
    FrozenModel base = new FrozenModel(MODEL, STORED);
    LoraSpec spec = LoraSpec.ofAllLinears(1, 2);
    LoraAdapter a = adapter(spec, 1);
    LoraAdapter b = adapter(spec, 2);
    long adapterBytes =
        DeltaCodec.delta(
                PublishedWeights.of(WeightVersion.of(1), base.publish(a)),
                PublishedWeights.of(WeightVersion.of(2), base.publish(b)))
            .bytes();
    long wholeBytes =
        DeltaCodec.delta(
                PublishedWeights.of(WeightVersion.of(1), base.merged(a)),
                PublishedWeights.of(WeightVersion.of(2), base.merged(b)))
            .bytes();
    assertThat(adapterBytes).isLessThan(wholeBytes / 3);
  }

  @Test
  void aWholeModelIsTakenAsItIs() {
    ModelWeights published = PublishedValues.of(STORED);
    assertThat(new FrozenModel(MODEL, STORED).weights(published)).isSameAs(published);
  }

  @Test
  void anAdapterOfAnotherModelIsRefused() {
    LoraAdapter adapter = adapter(LoraSpec.ofAllLinears(2, 4), 1);
    ModelWeights published = new FrozenModel(MODEL, STORED).publish(adapter);
    FrozenModel other = new FrozenModel(MODEL, RandomInit.weights(MODEL, 5));
    assertThatThrownBy(() -> other.weights(published))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("another model");
    ModelConfig wide = ModelConfig.of(Family.QWEN2, 97, 64, 48, 3, 4, 2, true, 64);
    FrozenModel wider = new FrozenModel(wide, RandomInit.weights(wide, 5));
    assertThatThrownBy(() -> wider.weights(published)).isInstanceOf(ModelFormatException.class);
  }
}
