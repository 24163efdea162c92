package io.amalgam.policy.rollout;

import io.amalgam.policy.mixture.MethodCatalog;
import io.amalgam.policy.mixture.MethodSpec;
import java.util.Random;
import java.util.TreeMap;

/** Made-up trajectories for tests of what carries them. */
public final class Trajectories {
  private Trajectories() {}

  /** A well-formed trajectory of random values. */
  public static Trajectory random(long seed, int length, int k, int vocabulary) {
    Random r = new Random(seed);
    MethodSpec spec =
        MethodCatalog.create(new MethodSpec("multiplex", k, 0.7, new TreeMap<>())).spec();
    int[] ids = r.ints((long) length * k, 0, vocabulary).toArray();
    float[] weights = new float[length * k];
    byte[] slots = new byte[length];
    int[] representatives = new int[length];
    byte[] flags = new byte[length];
    float[] thresholds = new float[length];
    byte[] terms = new byte[length];
    long[] versions = new long[length];
    long version = r.nextInt(5);
    for (int t = 0; t < length; t++) {
      slots[t] = (byte) (1 + r.nextInt(k));
      float sum = 0;
      for (int j = 0; j < slots[t]; j++) {
        weights[t * k + j] = r.nextFloat() + 0.01f;
        sum += weights[t * k + j];
      }
      for (int j = 0; j < slots[t]; j++) {
        weights[t * k + j] /= sum;
      }
      representatives[t] = ids[t * k + r.nextInt(slots[t])];
      flags[t] = (byte) r.nextInt(8);
      thresholds[t] = seed % 2 == 0 ? 0 : r.nextFloat();
      terms[t] = (byte) r.nextInt(slots[t] + 1);
      version += r.nextInt(4) == 0 ? 1 : 0;
      versions[t] = version;
    }
    return new Trajectory(
        new TrajectoryKey("run-" + seed, r.nextInt(1000), r.nextInt(3), r.nextInt(8)),
        seed,
        r.ints(1 + r.nextInt(10), 0, vocabulary).toArray(),
        spec,
        ids,
        weights,
        slots,
        representatives,
        flags,
        floats(r, length * k, seed % 3 != 0),
        thresholds,
        floats(new Random(seed), length, seed % 2 != 0),
        floats(r, length * k, true),
        terms,
        floats(r, length, true),
        versions,
        ClosedBy.values()[r.nextInt(3)],
        FinishReason.values()[r.nextInt(2)]);
  }

  private static float[] floats(Random r, int n, boolean filled) {
    float[] out = new float[n];
    for (int i = 0; filled && i < n; i++) {
      out[i] = r.nextFloat() - 0.5f;
    }
    return out;
  }
}
