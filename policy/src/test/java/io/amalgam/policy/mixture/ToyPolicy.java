package io.amalgam.policy.mixture;

import io.amalgam.policy.random.DrawKey;
import java.util.Arrays;

/**
 * A policy of one position given by its logits: what the kernels compute, written plainly in double
 * precision.
 */
final class ToyPolicy {
  final double[] p;

  ToyPolicy(double... logits) {
    double max = Arrays.stream(logits).max().orElseThrow();
    p = Arrays.stream(logits).map(z -> Math.exp(z - max)).toArray();
    double sum = Arrays.stream(p).sum();
    for (int v = 0; v < p.length; v++) {
      p[v] /= sum;
    }
  }

  /** The policy of the worked example of old weights. */
  static ToyPolicy old() {
    return new ToyPolicy(2, 1, .5, 0, -1);
  }

  /** The policy of the worked example of new weights. */
  static ToyPolicy renewed() {
    return new ToyPolicy(2.3, .8, .6, 0, -.6);
  }

  /** Features of stored ids, in double precision. */
  FeatureRow features(int[] ids, double threshold) {
    return features(ids, threshold, this);
  }

  /** The same, with the tokens below the threshold chosen by another policy. */
  FeatureRow features(int[] ids, double threshold, ToyPolicy members) {
    double[] logProbs = new double[ids.length];
    double[] remaining = new double[ids.length];
    boolean[] gone = new boolean[p.length];
    for (int j = 0; j < ids.length; j++) {
      logProbs[j] = Math.log(p[ids[j]]);
      double mass = 0;
      for (int v = 0; v < p.length; v++) {
        mass += gone[v] ? 0 : p[v];
      }
      remaining[j] = j == 0 ? 0 : Math.log(mass);
      gone[ids[j]] = true;
    }
    double below = 0;
    double odds = 0;
    for (int v = 0; v < p.length; v++) {
      if (v != ids[0] && members.p[v] < threshold) {
        below += p[v];
        odds += p[v] / (1 - p[v]);
      }
    }
    return new FeatureRow(logProbs, remaining, Math.log(below), Math.log(odds));
  }

  /** Chains a gradient with respect to features to the logits. */
  double[] toLogits(FeatureRowGradient g, int[] ids, double threshold) {
    double[] byP = new double[p.length];
    boolean[] gone = new boolean[p.length];
    for (int j = 0; j < ids.length; j++) {
      byP[ids[j]] += g.logProbs()[j] / p[ids[j]];
      if (j > 0 && g.logRemaining()[j] != 0) {
        double mass = 0;
        for (int v = 0; v < p.length; v++) {
          mass += gone[v] ? 0 : p[v];
        }
        for (int v = 0; v < p.length; v++) {
          byP[v] += gone[v] ? 0 : g.logRemaining()[j] / mass;
        }
      }
      gone[ids[j]] = true;
    }
    FeatureRow row = features(ids, threshold);
    for (int v = 0; v < p.length; v++) {
      if (v != ids[0] && p[v] < threshold) {
        byP[v] += g.logBelow() / Math.exp(row.logBelow());
        byP[v] += g.logOddsBelow() / Math.exp(row.logOddsBelow()) / ((1 - p[v]) * (1 - p[v]));
      }
    }
    double mean = 0;
    for (int v = 0; v < p.length; v++) {
      mean += p[v] * byP[v];
    }
    double[] out = new double[p.length];
    for (int v = 0; v < p.length; v++) {
      out[v] = p[v] * (byP[v] - mean);
    }
    return out;
  }

  /** What the decode step would find with these drawn ids. */
  Candidates candidates(CandidateRequest request, int... drawn) {
    int n = request.draws();
    FeatureRow row = features(Arrays.copyOf(drawn, n), 0);
    float below = Float.NEGATIVE_INFINITY;
    float odds = Float.NEGATIVE_INFINITY;
    if (request.collapse() > 0) {
      int heavy = p[drawn[0]] >= p[drawn[1]] ? drawn[0] : drawn[1];
      double threshold = request.collapse() / (1 - request.collapse()) * p[heavy];
      FeatureRow collapse = features(new int[] {heavy}, threshold);
      below = (float) collapse.logBelow();
      odds = (float) collapse.logOddsBelow();
    }
    int[] top = new int[request.top()];
    boolean[] taken = new boolean[p.length];
    for (int j = 0; j < Math.min(top.length, p.length); j++) {
      top[j] = -1;
      for (int v = 0; v < p.length; v++) {
        if (!taken[v] && (top[j] < 0 || p[v] > p[top[j]])) {
          top[j] = v;
        }
      }
      taken[top[j]] = true;
    }
    float[] topLogProbs = new float[top.length];
    for (int j = 0; j < top.length; j++) {
      topLogProbs[j] = (float) (j < p.length ? Math.log(p[top[j]]) : Double.NEGATIVE_INFINITY);
    }
    return new Candidates(
        Arrays.copyOf(drawn, n),
        Actions.narrow(row.logProbs()),
        request.replacement() ? new float[n] : Actions.narrow(row.logRemaining()),
        below,
        odds,
        top,
        topLogProbs,
        (float) entropy(),
        0,
        (float) entropy(),
        top.length > 0 ? top[0] : 0,
        (float) Math.log(p[request.watched()]));
  }

  /** Draws as the decode step does, by the key's uniforms. */
  Candidates candidates(CandidateRequest request, DrawKey key) {
    int[] drawn = new int[request.draws()];
    boolean[] gone = new boolean[p.length];
    for (int j = 0; j < drawn.length; j++) {
      double mass = 0;
      for (int v = 0; v < p.length; v++) {
        mass += gone[v] ? 0 : p[v];
      }
      double target = key.uniform(j) * mass;
      double sum = 0;
      for (int v = 0; v < p.length; v++) {
        if (gone[v]) {
          continue;
        }
        drawn[j] = v;
        sum += p[v];
        if (target < sum) {
          break;
        }
      }
      gone[drawn[j]] = !request.replacement();
    }
    return candidates(request, drawn);
  }

  double entropy() {
    return -Arrays.stream(p).map(x -> x > 0 ? x * Math.log(x) : 0).sum();
  }

  /** The action of a step, as replay sees it. */
  static MixtureAction action(MixtureStep step) {
    return new MixtureAction(
        step.slots(), step.collapsed(), step.representative(), step.weights(), step.auxiliary());
  }

  /** A method by name; parameters as name, value, name, value, …. */
  static MixtureMethod method(String name, int k, String... parameters) {
    java.util.TreeMap<String, String> map = new java.util.TreeMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      map.put(parameters[i], parameters[i + 1]);
    }
    return MethodCatalog.create(new MethodSpec(name, k, 1.0, map));
  }

  static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }
}
