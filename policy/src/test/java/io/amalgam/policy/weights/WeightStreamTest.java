package io.amalgam.policy.weights;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.weights.ChunkAssembler.Progress;
import io.amalgam.proto.WeightChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class WeightStreamTest {
  private static EncodedWeights update(Random random, long number) {
    ModelWeights w = TestWeights.random(random, 200, 50);
    return DeltaCodec.delta(
        TestWeights.published(number, w),
        TestWeights.published(number + 1, TestWeights.moved(w, random, 0.1, 2)));
  }

  private static List<WeightChunk> chunks(EncodedWeights update, int size) {
    List<WeightChunk> out = new ArrayList<>();
    WeightStream.chunks(update, size).forEach(out::add);
    return out;
  }

  @Property(tries = 100)
  void chunksOfAnySizeGiveTheUpdateBack(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 700) int size) {
    EncodedWeights update = update(random, 1);
    ChunkAssembler assembler = new ChunkAssembler();
    List<WeightChunk> chunks = chunks(update, size);
    for (int i = 0; i < chunks.size(); i++) {
      assertThat(chunks.get(i).getPayload().size()).isLessThanOrEqualTo(size);
      Progress p = assembler.accept(chunks.get(i));
      if (random.nextInt(3) == 0 && i < chunks.size() - 1) {
        assertThat(assembler.accept(chunks.get(i))).isEqualTo(new Progress.Partial());
      }
      boolean last = i == chunks.size() - 1;
      assertThat(p).isEqualTo(last ? new Progress.Complete(update) : new Progress.Partial());
    }
  }

  @Property(tries = 300)
  void anyScheduleOfChunksGivesWholeUpdatesOrNone(@ForAll Random random) {
    List<EncodedWeights> updates = List.of(update(random, 1), update(random, 2));
    List<WeightChunk> sent = new ArrayList<>();
    updates.forEach(u -> sent.addAll(chunks(u, 100)));
    for (int i = 0; i < 4; i++) {
      int at = random.nextInt(sent.size());
      switch (random.nextInt(4)) {
        case 0 -> sent.remove(at);
        case 1 -> sent.add(random.nextInt(sent.size()), sent.get(at));
        case 2 -> sent.add(random.nextInt(sent.size()), sent.remove(at));
        default -> {
          byte[] bytes = sent.get(at).getPayload().toByteArray();
          bytes[random.nextInt(bytes.length)]++;
          sent.set(at, sent.get(at).toBuilder().setPayload(ByteString.copyFrom(bytes)).build());
        }
      }
    }
    ChunkAssembler assembler = new ChunkAssembler();
    for (WeightChunk c : sent) {
      if (assembler.accept(c) instanceof Progress.Complete complete) {
        assertThat(updates).contains(complete.update());
      }
    }
    for (EncodedWeights u : updates) {
      Progress last = new Progress.Partial();
      for (WeightChunk c : chunks(u, 100)) {
        last = assembler.accept(c);
      }
      assertThat(last).as("a fresh stream always works").isEqualTo(new Progress.Complete(u));
    }
  }

  @Example
  void largeUpdatesAreCutAtOneMebibyte() {
    Random random = new Random(5);
    ModelWeights w = TestWeights.random(random, 1_500_000);
    EncodedWeights anchor = DeltaCodec.anchor(TestWeights.published(1, w));
    ChunkAssembler assembler = new ChunkAssembler();
    Progress last = new Progress.Partial();
    int count = 0;
    for (WeightChunk c : WeightStream.chunks(anchor)) {
      assertThat(c.getPayload().size()).isLessThanOrEqualTo(WeightStream.MAX_PAYLOAD);
      last = assembler.accept(c);
      count++;
    }
    assertThat(count).isGreaterThan(1);
    assertThat(last).isEqualTo(new Progress.Complete(anchor));
  }
}
