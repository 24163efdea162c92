package io.amalgam.policy.weights;

import io.amalgam.policy.model.DType;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelFormatException;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.lora.LoraAdapter;
import io.amalgam.policy.model.lora.LoraSpec;
import io.amalgam.policy.model.lora.LoraTarget;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An adapter as the tensors of a published version: its factors in f32, and one tensor more that
 * says what they are to be merged into, and how. So deltas, anchors and checksums treat adapters
 * like whole models, and a receiver sees from the tensors alone what they are.
 *
 * @param adapter the adapter
 * @param base fingerprint of the model it belongs to
 */
record PublishedAdapter(LoraAdapter adapter, long base) {
  /**
   * I64 [3]: the fingerprint of the base, the bits of alpha as a double, and 1 for the scale
   * alpha/√rank.
   */
  static final String FORM = "adapter.form";

  private static final int FIELDS = 3;

  /** Whether these are the tensors of an adapter. */
  static boolean isIn(ModelWeights tensors) {
    return tensors.tensors().containsKey(FORM);
  }

  /** The tensors of the version. */
  ModelWeights tensors() {
    SortedMap<String, HostTensor> out = new TreeMap<>(adapter.weights().tensors());
    ByteBuffer form = ByteBuffer.allocateDirect(FIELDS * 8).order(ByteOrder.LITTLE_ENDIAN);
    form.putLong(0, base);
    form.putLong(8, Double.doubleToLongBits(adapter.spec().alpha()));
    form.putLong(16, adapter.spec().rankStabilised() ? 1 : 0);
    out.put(FORM, new HostTensor(DType.I64, new long[] {FIELDS}, form));
    return new ModelWeights(out);
  }

  /**
   * The adapter that tensors are, for a model of that shape.
   *
   * @throws ModelFormatException if they are none of such a model
   */
  static PublishedAdapter of(ModelWeights tensors, ModelConfig config) {
    HostTensor form = tensors.get(FORM);
    if (form.dtype() != DType.I64 || form.elements() != FIELDS) {
      throw new ModelFormatException(FORM + " of a published adapter has another format");
    }
    SortedMap<String, HostTensor> factors = new TreeMap<>(tensors.tensors());
    factors.remove(FORM);
    Set<LoraTarget> targets = EnumSet.noneOf(LoraTarget.class);
    int rank = 0;
    for (LoraTarget t : LoraTarget.values()) {
      HostTensor a = factors.get(t.a(0));
      if (a != null && a.shape().length == 2) {
        targets.add(t);
        rank = Math.toIntExact(a.shape()[0]);
      }
    }
    if (targets.isEmpty()) {
      throw new ModelFormatException("a published adapter has no factors");
    }
    ByteBuffer fields = form.bytes();
    LoraSpec spec =
        new LoraSpec(
            rank, Double.longBitsToDouble(fields.getLong(8)), targets, fields.getLong(16) == 1);
    LoraAdapter adapter = new LoraAdapter(spec, new ModelWeights(factors));
    adapter.check(config);
    return new PublishedAdapter(adapter, fields.getLong(0));
  }
}
