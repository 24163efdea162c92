package io.amalgam.policy.model.lora;

import io.amalgam.policy.model.DType;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelWeights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An adapter added to the matrices it belongs to, on the host: W + scale·B·A.
 *
 * <p>Sums are taken in double precision and rounded once, to f32 and from there, if asked
 * for, to bf16. The order of summation is below that rounding, so whoever merges the same adapter into
 * the same matrix gets the same bits.
 */
public final class AdapterMerge {
  private AdapterMerge() {}

  /**
   * The merged weights. Matrices without adapter are shared with {@code base}; the others are f32,
   * not rounded to what the base is stored in, so that they compute what model and adapter side by
   * side compute.
   *
   * @throws IllegalArgumentException if {@code base} lacks a matrix that the adapter belongs to
   */
  public static ModelWeights merge(ModelWeights base, LoraAdapter adapter) {
    return merge(base, base, adapter, DType.F32);
  }

  /**
   * The merged weights as they are published, bf16.
   *
   * @param base as stored: merging comes before rounding
   * @param published {@code base} rounded to bf16; what has no adapter is taken from here
   */
  public static ModelWeights published(
      ModelWeights base, ModelWeights published, LoraAdapter adapter) {
    return merge(base, published, adapter, DType.BF16);
  }

  private static ModelWeights merge(
      ModelWeights base, ModelWeights others, LoraAdapter adapter, DType format) {
    SortedMap<String, HostTensor> out = new TreeMap<>(others.tensors());
    double scale = adapter.spec().scale();
    SortedMap<String, HostTensor> factors = adapter.weights().tensors();
    for (String a : factors.keySet()) {
      if (a.endsWith(LoraTarget.A)) {
        String path = a.substring(0, a.length() - LoraTarget.A.length());
        HostTensor w = base.get(path + LoraTarget.WEIGHT);
        HostTensor b = adapter.weights().get(path + LoraTarget.B);
        out.put(
            path + LoraTarget.WEIGHT,
            merged(w, adapter.weights().get(a), b, scale, format));
      }
    }
    return new ModelWeights(out);
  }

  /** One matrix [out, in] with A [rank, in] and B [out, rank]. */
  private static HostTensor merged(HostTensor w, HostTensor a, HostTensor b, double scale, DType dtype) {
    int rows = Math.toIntExact(w.shape()[0]);
    int width = Math.toIntExact(w.shape()[1]);
    int rank = Math.toIntExact(a.shape()[0]);
    double[] factorA = widened(a.toFloats());
    float[] factorB = b.toFloats();
    Source source = new Source(w, width);
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(Math.multiplyExact(rows * dtype.bytes(), width))
            .order(ByteOrder.LITTLE_ENDIAN);
    double[] sum = new double[width];
    float[] row = new float[width];
    for (int r = 0; r < rows; r++) {
      Arrays.fill(sum, 0);
      boolean touched = false;
      for (int j = 0; j < rank; j++) {
        double factor = factorB[r * rank + j];
        if (factor != 0) {
          add(sum, factor, factorA, j * width);
          touched = true;
        }
      }
      source.row(r, row);
      if (touched) {
        for (int i = 0; i < width; i++) {
          row[i] = (float) (row[i] + scale * sum[i]);
        }
      }
      write(bytes, dtype, r, row);
    }
    return new HostTensor(dtype, w.shape(), bytes);
  }

  private static void add(double[] sum, double factor, double[] a, int offset) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * a[offset + i];
    }
  }

  private static double[] widened(float[] values) {
    double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i];
    }
    return out;
  }

  private static void write(ByteBuffer bytes, DType dtype, int r, float[] row) {
    int at = r * row.length * dtype.bytes();
    if (dtype == DType.F32) {
      bytes.slice(at, row.length * dtype.bytes())
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .put(row);
      return;
    }
    for (int i = 0; i < row.length; i++) {
      bytes.putShort(at + 2 * i, HostTensor.toBf16Bits(row[i]));
    }
  }

  /** Rows of a matrix, widened, without a copy of the whole. */
  private static final class Source {
    private final HostTensor matrix;
    private final short[] half;
    private final float[] all;

    Source(HostTensor matrix, int width) {
      this.matrix = matrix;
      half = new short[matrix.dtype() == DType.BF16 ? width : 0];
      boolean inRows = matrix.dtype() == DType.BF16 || matrix.dtype() == DType.F32;
      all = inRows ? new float[0] : matrix.toFloats();
    }

    void row(int r, float[] into) {
      int width = into.length;
      if (matrix.dtype() == DType.F32) {
        FloatBuffer values = matrix.bytes().asFloatBuffer();
        values.get(r * width, into);
      } else if (matrix.dtype() == DType.BF16) {
        ShortBuffer values = matrix.bytes().asShortBuffer();
        values.get(r * width, half);
        for (int i = 0; i < width; i++) {
          into[i] = Float.intBitsToFloat(half[i] << 16);
        }
      } else {
        System.arraycopy(all, r * width, into, 0, width);
      }
    }
  }
}
