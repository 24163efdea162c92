package io.amalgam.policy.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.proto.BlockEncoding;
import io.amalgam.proto.TensorDelta;
import io.amalgam.proto.TensorManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class DeltaCodecTest {
  private static final short[] SPECIAL = {
    0,
    (short) 0x8000,
    0x7F80,
    (short) 0xFF80,
    0x7FC0,
    (short) 0xFFC1,
    0x7F81,
    (short) 0xFFFF,
    0x7FFF,
    1,
    (short) 0x8001,
    0x3F80
  };

  @Provide
  Arbitrary<short[]> words() {
    Arbitrary<Short> any = Arbitraries.oneOf(Arbitraries.of(box()), Arbitraries.shorts());
    return any.array(short[].class).ofSize(40);
  }

  private static List<Short> box() {
    List<Short> out = new ArrayList<>();
    for (short s : SPECIAL) {
      out.add(s);
    }
    return out;
  }

  @Property(tries = 300)
  void deltaAppliedToTheOldGivesTheNewBitForBit(
      @ForAll("words") short[] old, @ForAll("words") short[] now, @ForAll Random random) {
    for (int i = 0; i < old.length; i++) {
      now[i] = random.nextInt(4) == 0 ? now[i] : old[i];
    }
    PublishedWeights a = TestWeights.published(3, TestWeights.one(old));
    PublishedWeights b = TestWeights.published(4, TestWeights.one(now));
    assertApplied(DeltaCodec.apply(Optional.of(a), DeltaCodec.delta(a, b)), b);
    assertApplied(DeltaCodec.apply(Optional.empty(), DeltaCodec.anchor(b)), b);
    assertThat(TestWeights.words(a.weights().get("w"))).as("the base is untouched").isEqualTo(old);
  }

  private static void assertApplied(DeltaOutcome outcome, PublishedWeights expected) {
    assertThat(outcome).isInstanceOf(DeltaOutcome.Applied.class);
    PublishedWeights got = ((DeltaOutcome.Applied) outcome).weights();
    assertThat(TestWeights.sameBits(got.weights(), expected.weights())).isTrue();
    assertThat(got.version()).isEqualTo(expected.version());
    assertThat(got.checksums()).isEqualTo(expected.checksums());
  }

  @Example
  void everyPairOfSpecialWordsSurvives() {
    for (short from : SPECIAL) {
      for (short to : SPECIAL) {
        PublishedWeights a = TestWeights.published(0, TestWeights.one(from, (short) 7));
        PublishedWeights b = TestWeights.published(1, TestWeights.one(to, (short) 7));
        assertApplied(DeltaCodec.apply(Optional.of(a), DeltaCodec.delta(a, b)), b);
      }
    }
  }

  @Example
  void tensorsLongerThanOneRunAndOtherFormatsWork() {
    Random random = new Random(1);
    ModelWeights big = TestWeights.random(random, BlockCodec.MAX_WORDS + 77, 3);
    TreeMap<String, HostTensor> tensors = new TreeMap<>(big.tensors());
    tensors.put("norm", HostTensor.ofFloats(new float[] {1, Float.NaN, -0f}, 3));
    PublishedWeights a = TestWeights.published(0, new ModelWeights(tensors));
    tensors.putAll(TestWeights.moved(big, random, 0.01, 1).tensors());
    tensors.put("norm", HostTensor.ofFloats(new float[] {2, Float.NaN, 0f}, 3));
    PublishedWeights b = TestWeights.published(1, new ModelWeights(tensors));
    EncodedWeights delta = DeltaCodec.delta(a, b);
    assertApplied(DeltaCodec.apply(Optional.of(a), delta), b);
    assertThat(delta.density()).isBetween(0.004, 0.01);
    assertThat(delta.wireShare()).as("1 % of the words, one place each").isLessThan(0.01);
    EncodedWeights anchor = DeltaCodec.anchor(b);
    assertApplied(DeltaCodec.apply(Optional.of(a), anchor), b);
    assertThat(anchor.wireShare()).as("upper bytes of weights repeat").isLessThan(0.9);
  }

  @Example
  void eachRunTakesItsSmallestForm() {
    Random random = new Random(2);
    ModelWeights old = TestWeights.random(random, 4000);
    assertThat(form(old, old)).isEmpty();
    assertThat(form(old, TestWeights.moved(old, random, 0.02, 1))).contains(BlockEncoding.ULP);
    assertThat(form(old, TestWeights.moved(old, random, 0.05, 30000)))
        .contains(BlockEncoding.OVERWRITE);
    assertThat(form(old, TestWeights.random(random, 4000))).contains(BlockEncoding.DENSE);
    assertThat(form(old, TestWeights.moved(old, random, 1, 30000))).contains(BlockEncoding.RAW);
  }

  private static Optional<BlockEncoding> form(ModelWeights old, ModelWeights now) {
    EncodedWeights delta =
        DeltaCodec.delta(TestWeights.published(0, old), TestWeights.published(1, now));
    return delta.blocks().stream().map(TensorDelta::getEncoding).findFirst();
  }

  @Example
  void onlyTheRightBaseTakesADelta() {
    Random random = new Random(3);
    ModelWeights w = TestWeights.random(random, 100);
    PublishedWeights v1 = TestWeights.published(1, w);
    PublishedWeights v2 = TestWeights.published(2, TestWeights.moved(w, random, 0.5, 3));
    EncodedWeights delta = DeltaCodec.delta(v1, v2);
    PublishedWeights v0 = TestWeights.published(0, w);
    assertThat(DeltaCodec.apply(Optional.of(v0), delta))
        .isInstanceOfSatisfying(
            DeltaOutcome.NeedsAnchor.class, n -> assertThat(n.reason()).contains("v1", "v0"));
    assertThat(DeltaCodec.apply(Optional.empty(), delta))
        .isInstanceOf(DeltaOutcome.NeedsAnchor.class);
    assertThat(DeltaCodec.apply(Optional.of(v2), delta))
        .isEqualTo(new DeltaOutcome.Ignored(v2.version()));
    PublishedWeights otherLife = PublishedWeights.of(new WeightVersion(1, 1), w);
    EncodedWeights later =
        DeltaCodec.delta(otherLife, PublishedWeights.of(new WeightVersion(1, 2), v2.weights()));
    assertThat(DeltaCodec.apply(Optional.of(v1), later))
        .isInstanceOf(DeltaOutcome.NeedsAnchor.class);
    PublishedWeights wrongBits = TestWeights.published(1, TestWeights.moved(w, random, 0.5, 3));
    assertThat(DeltaCodec.apply(Optional.of(wrongBits), delta))
        .isInstanceOfSatisfying(
            DeltaOutcome.NeedsAnchor.class, n -> assertThat(n.reason()).contains("checksum"));
  }

  @Property(tries = 200)
  void damageNeverGivesOtherWeights(@ForAll Random random) {
    ModelWeights w = TestWeights.random(random, 300, 20);
    PublishedWeights a = TestWeights.published(1, w);
    boolean far = random.nextBoolean();
    PublishedWeights b =
        TestWeights.published(2, TestWeights.moved(w, random, far ? 1 : 0.2, far ? 30000 : 2));
    EncodedWeights good = random.nextBoolean() ? DeltaCodec.delta(a, b) : DeltaCodec.anchor(b);
    EncodedWeights bad = damaged(good, random);
    DeltaOutcome outcome = DeltaCodec.apply(Optional.of(a), bad);
    if (outcome instanceof DeltaOutcome.Applied applied) {
      assertThat(TestWeights.sameBits(applied.weights().weights(), b.weights())).isTrue();
    }
  }

  private static EncodedWeights damaged(EncodedWeights good, Random random) {
    List<TensorDelta> blocks = new ArrayList<>(good.blocks());
    int at = random.nextInt(blocks.size());
    TensorDelta.Builder block = blocks.get(at).toBuilder();
    switch (random.nextInt(5)) {
      case 0 -> block.setOffset(block.getOffset() + random.nextInt(3) - 1);
      case 1 -> block.setChanged(block.getChanged() + random.nextInt(3) - 1);
      case 2 -> block.setTensor(1 - block.getTensor());
      case 3 -> block.setPayload(block.getPayload().substring(random.nextInt(3)));
      default -> {
        byte[] bytes = block.getPayload().toByteArray();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        block.setPayload(ByteString.copyFrom(bytes));
      }
    }
    blocks.set(at, block.build());
    return new EncodedWeights(good.header(), blocks);
  }

  @Example
  void aMissingBlockOrAForeignManifestIsRefused() {
    ModelWeights w = TestWeights.one((short) 1, (short) 2);
    PublishedWeights a = TestWeights.published(1, w);
    PublishedWeights b = TestWeights.published(2, TestWeights.one((short) 1, (short) 3));
    EncodedWeights delta = DeltaCodec.delta(a, b);
    refused(a, new EncodedWeights(delta.header(), List.of()), "missing");
    TensorManifest m = delta.header().getManifest().getTensors(0);
    refused(a, withTensor(delta, m.toBuilder().setName("other").build()), "other");
    refused(a, withTensor(delta, m.toBuilder().setDtype("F8").build()), "F8");
    refused(a, withTensor(delta, m.toBuilder().setShape(0, 1).build()), "shape");
    EncodedWeights anchor = DeltaCodec.anchor(b);
    refused(a, withTensor(anchor, m.toBuilder().setShape(0, -1).build()), "negative");
    refused(a, withTensor(anchor, m.toBuilder().setShape(0, 1L << 40).build()), "too large");
  }

  private static EncodedWeights withTensor(EncodedWeights update, TensorManifest tensor) {
    var manifest = update.header().getManifest().toBuilder().setTensors(0, tensor);
    return new EncodedWeights(
        update.header().toBuilder().setManifest(manifest).build(), update.blocks());
  }

  private static void refused(PublishedWeights current, EncodedWeights update, String reason) {
    assertThat(DeltaCodec.apply(Optional.of(current), update))
        .isInstanceOfSatisfying(
            DeltaOutcome.NeedsAnchor.class, n -> assertThat(n.reason()).contains(reason));
  }

  @Example
  void differentTensorsHaveNoDelta() {
    PublishedWeights a = TestWeights.published(1, TestWeights.one((short) 1));
    PublishedWeights b = TestWeights.published(2, TestWeights.one((short) 1, (short) 2));
    assertThatThrownBy(() -> DeltaCodec.delta(a, b)).hasMessageContaining("same tensors");
  }
}
