package io.amalgam.policy.decode;

import io.amalgam.policy.kernel.ComputeFormat;
import io.amalgam.policy.kernel.ComputeSettings;
import io.amalgam.policy.mixture.MethodCatalog;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.PhasePolicy;
import io.amalgam.policy.model.Family;
import io.amalgam.policy.model.HostTensor;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.ParameterLayout;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A model of a few thousand random weights, for tests of what surrounds it. */
public final class TinyModel {
  /** Number of ids. */
  public static final int VOCABULARY = 24;

  /** Its shape. */
  public static final ModelConfig CONFIG =
      ModelConfig.of(Family.QWEN2, VOCABULARY, 16, 32, 2, 2, 1, true, 128);

  private TinyModel() {}

  /** Random weights whose next-token distributions are neither flat nor certain. */
  public static ModelWeights weights(long seed) {
    Random random = new Random(seed);
    TreeMap<String, HostTensor> out = new TreeMap<>();
    for (Map.Entry<String, long[]> entry : ParameterLayout.of(CONFIG).entrySet()) {
      int count = 1;
      for (long size : entry.getValue()) {
        count *= (int) size;
      }
      float[] values = new float[count];
      boolean norm = entry.getKey().contains("norm");
      for (int i = 0; i < count; i++) {
        float noise = (float) random.nextGaussian();
        // Rounded to bf16 so that published values and masters agree at first.
        values[i] = round(norm ? 1 + 0.1f * noise : 0.4f * noise);
      }
      out.put(entry.getKey(), HostTensor.ofFloats(values, entry.getValue()));
    }
    return new ModelWeights(out);
  }

  private static float round(float value) {
    return Float.intBitsToFloat(HostTensor.toBf16Bits(value) << 16);
  }

  /** One thread, f32. */
  public static ComputeSettings compute() {
    return new ComputeSettings(1, ComputeFormat.F32, "cpu");
  }

  /** A complete spec; parameters as name, value, …. */
  public static MethodSpec spec(String method, int k, String... parameters) {
    TreeMap<String, String> map = new TreeMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      map.put(parameters[i], parameters[i + 1]);
    }
    return MethodCatalog.create(new MethodSpec(method, k, 1.0, map)).spec();
  }

  /** Settings of a batch of 8 sequences that may use 64 positions each. */
  public static DecodeSettings settings(MethodSpec spec, PhasePolicy phases, int... endIds) {
    return new DecodeSettings(8, 64, spec, phases, endIds, true);
  }

  /** A group of a run of seed 5. */
  public static GroupRequest group(long ordinal, int members, int tokens, int... prompt) {
    return new GroupRequest("run", 5, ordinal, 0, prompt, 0, members, DecodeMode.MIXTURE, tokens);
  }
}
