package io.amalgam.policy.kernel;

import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.ParameterLayout;
import io.amalgam.policy.model.lora.LoraSpec;
import io.amalgam.policy.model.lora.LoraTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How adapters and the frozen matrices below them lie in the kernels' lists (see {@code
 * adapters.py}): by groups of targets that share a matrix of the model's list.
 */
final class LoraSlots {
  private static final List<List<LoraTarget>> GROUPS =
      List.of(
          List.of(LoraTarget.QUERY, LoraTarget.KEY, LoraTarget.VALUE),
          List.of(LoraTarget.OUTPUT),
          List.of(LoraTarget.GATE, LoraTarget.UP),
          List.of(LoraTarget.DOWN));

  private LoraSlots() {}

  /** A and B of every group and layer. */
  static WeightSlots adapters(ModelConfig c, LoraSpec spec) {
    Map<String, long[]> shapes = spec.parameters(c);
    List<WeightSlots.Slot> out = new ArrayList<>();
    for (int l = 0; l < c.layers(); l++) {
      int layer = l;
      for (List<LoraTarget> group : GROUPS) {
        out.add(WeightSlots.slot(shapes, names(group, t -> t.a(layer))));
        out.add(WeightSlots.slot(shapes, names(group, t -> t.b(layer))));
      }
    }
    return WeightSlots.of(out);
  }

  /** The targeted matrices of every group and layer. */
  static WeightSlots bases(ModelConfig c, LoraSpec spec) {
    Map<String, long[]> all = ParameterLayout.of(c);
    Map<String, long[]> targeted = new HashMap<>();
    List<WeightSlots.Slot> out = new ArrayList<>();
    for (int l = 0; l < c.layers(); l++) {
      int layer = l;
      for (LoraTarget t : spec.targets()) {
        targeted.put(t.weight(l), all.getOrDefault(t.weight(l), new long[0]));
      }
      for (List<LoraTarget> group : GROUPS) {
        out.add(WeightSlots.slot(targeted, names(group, t -> t.weight(layer))));
      }
    }
    return WeightSlots.of(out);
  }

  /**
   * [14] first row in the matrix of its group, and rows, of each target; 0 rows without adapter.
   */
  static long[] targets(ModelConfig c, LoraSpec spec) {
    Map<String, long[]> shapes = ParameterLayout.of(c);
    long[] out = new long[2 * LoraTarget.values().length];
    for (List<LoraTarget> group : GROUPS) {
      long row = 0;
      for (LoraTarget t : group) {
        long rows = shapes.getOrDefault(t.weight(0), new long[2])[0];
        if (spec.targets().contains(t)) {
          out[2 * t.ordinal()] = row;
          out[2 * t.ordinal() + 1] = rows;
        }
        row += rows;
      }
    }
    return out;
  }

  private static String[] names(List<LoraTarget> group, Function<LoraTarget, String> name) {
    return group.stream().map(name).toArray(String[]::new);
  }
}
