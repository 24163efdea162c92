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
 * <p>Sums are taken in double precision and rounded once, to f32 and from there, if asked for, to
 * bf16. The order of summation is below that rounding, so whoever merges the same adapter into the
 * same matrix gets the same bits.
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
        out.put(path + LoraTarget.WEIGHT, merged(w, adapter.weights().get(a), b, scale, format));
      }
    }
    return new ModelWeights(out);
  }

  /** One matrix [out, in] with A [rank, in] and B [out, rank]. */
  private static HostTensor merged(
      HostTensor w, HostTensor a, HostTensor b, double scale, DType dtype) {
    int rows = Math.toIntExact(w.shape()[0]);
    int width = Math.toIntExact(w.shape()[1]);
    int rank = Math.toIntExact(a.shape()[0]);
    double[] factorA = widened(a.toFloats());
    float[] factorB = b.toFloats();
    Source source = new Source(w, width);
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(Math.multiplyExact(rows * dtype.bytes(), width))
            .order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer floats = bytes.asFloatBuffer();
    ShortBuffer halves = bytes.asShortBuffer();
    double[] sum = new double[width];
    float[] row = new float[width];
    short[] half = new short[dtype == DType.BF16 ? width : 0];
    for (int r = 0; r < rows; r++) {
      boolean touched = product(factorB, r * rank, factorA, sum);
      source.row(r, row);
      if (touched) {
        for (int i = 0; i < width; i++) {
          row[i] = (float) (row[i] + scale * sum[i]);
        }
      }
      if (dtype == DType.F32) {
        floats.put(row);
      } else {
        for (int i = 0; i < width; i++) {
          half[i] = HostTensor.toBf16Bits(row[i]);
        }
        halves.put(half);
      }
    }
    return new HostTensor(dtype, w.shape(), bytes);
  }

  /** One row of B·A, four terms at a time; false where it is zero, as in an untrained adapter. */
  private static boolean product(float[] b, int offset, double[] a, double[] sum) {
    Arrays.fill(sum, 0);
    int width = sum.length;
    int rank = a.length / width;
    boolean any = false;
    for (int j = 0; j < rank; j++) {
      any |= b[offset + j] != 0;
    }
    int j = 0;
    for (; any && j + 4 <= rank; j += 4) {
      add4(sum, b, offset + j, a, j * width);
    }
    for (; any && j < rank; j++) {
      add(sum, b[offset + j], a, j * width);
    }
    return any;
  }

  private static void add4(double[] sum, float[] b, int offset, double[] a, int first) {
    int width = sum.length;
    double b0 = b[offset];
    double b1 = b[offset + 1];
    double b2 = b[offset + 2];
    double b3 = b[offset + 3];
    int second = first + width;
    int third = second + width;
    int fourth = third + width;
    for (int i = 0; i < width; i++) {
      sum[i] += b0 * a[first + i] + b1 * a[second + i] + b2 * a[third + i] + b3 * a[fourth + i];
    }
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
