package io.amalgam.policy.mixture;

import io.amalgam.policy.random.DrawKey;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A policy of one position behind a filter: the reference for what a method is given then. */
final class FilteredPolicy {
  private final double[] p;
  private final List<Integer> order;

  FilteredPolicy(ToyPolicy policy, CandidateFilter filter) {
    List<Integer> kept =
        IntStream.range(0, policy.p.length)
            .boxed()
            .sorted(Comparator.comparingDouble(v -> -policy.p[v]))
            .toList();
    if (filter.topK() > 0) {
      kept = kept.subList(0, Math.min(filter.topK(), kept.size()));
    }
    double mass = kept.stream().mapToDouble(v -> policy.p[v]).sum();
    double before = 0;
    int n = 0;
    while (n < kept.size() && (n == 0 || before < filter.topP() * mass)) {
      before += policy.p[kept.get(n++)];
    }
    kept = kept.subList(0, n);
    double least = filter.minP() * policy.p[kept.get(0)];
    this.order = kept.stream().filter(v -> policy.p[v] >= least).toList();
    double left = order.stream().mapToDouble(v -> policy.p[v]).sum();
    this.p = new double[policy.p.length];
    for (int v : order) {
      p[v] = policy.p[v] / left;
    }
  }

  /** The policy behind the filter of the method's spec. */
  static FilteredPolicy of(ToyPolicy policy, MixtureMethod method) {
    return new FilteredPolicy(policy, CandidateFilter.of(method.spec()));
  }

  /** Number of tokens kept. */
  int kept() {
    return order.size();
  }

  /** p of a token, 0 for a dropped one. */
  double p(int v) {
    return p[v];
  }

  /** Features of ids that are kept. */
  FeatureRow features(int[] ids) {
    double[] logProbs = Arrays.stream(ids).mapToDouble(v -> Math.log(p[v])).toArray();
    return new FeatureRow(
        logProbs, new double[ids.length], Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
  }

  /** What the decode step would find, the draw by the key's uniform. */
  Candidates candidates(CandidateRequest request, DrawKey key) {
    double left = key.uniform(0);
    int drawn = order.get(order.size() - 1);
    for (int v = 0; v < p.length; v++) {
      if (p[v] > 0 && left < p[v]) {
        drawn = v;
        break;
      }
      left -= p[v];
    }
    return candidates(request, drawn);
  }

  /** What the decode step would find with this draw; dropped tokens have log-probability −∞. */
  Candidates candidates(CandidateRequest request, int drawn) {
    int[] top = new int[request.top()];
    float[] logProbs = new float[request.top()];
    int dropped = 0;
    for (int j = 0; j < top.length; j++) {
      if (j < order.size()) {
        top[j] = order.get(j);
      } else {
        while (p[dropped] > 0) {
          dropped++;
        }
        top[j] = dropped++;
      }
      logProbs[j] = (float) Math.log(p[top[j]]);
    }
    float entropy = (float) -Arrays.stream(p).filter(x -> x > 0).map(x -> x * Math.log(x)).sum();
    return new Candidates(
        new int[] {drawn},
        new float[] {(float) Math.log(p[drawn])},
        new float[1],
        Float.NEGATIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        top,
        logProbs,
        entropy,
        order.size() < p.length ? 0.01f : 0,
        entropy,
        order.get(0),
        Float.NEGATIVE_INFINITY);
  }
}
