package io.amalgam.policy.train.advantage;

import java.util.ArrayList;
import java.util.List;

/**
 * The advantage of belonging to a set of k members of which at least one is right, in closed form
 * over all sets of the group (Pass@k training, arXiv 2508.10751).
 *
 * <p>With n scored members, n₋ of them wrong: R̄ = 1 − C(n₋, k)/C(n, k) is the mean reward of a
 * set, σ = √(R̄(1 − R̄)) its deviation; A = (1 − R̄)/σ for a right member, A = (1 − R̄ − C(n₋ − 1,
 * k − 1)/C(n − 1, k − 1))/σ for a wrong one: a set with a right member has reward 1 throughout, and
 * the one of a wrong member is 0 only if the k − 1 others are wrong too. The advantages of a group
 * add up to 0. Problems that are nearly always solved by k attempts hardly count, hard ones do: the
 * policy is paid for exploring.
 *
 * <p>A member is right when its weighted reward reaches the threshold: what a reward holds beside
 * right and wrong, such as the form of the answer, is not learned. A group in which fewer than k
 * members are wrong, or none is right, or fewer than k are scored, carries no signal. Deviation: σ
 * is not padded with an epsilon, it cannot be small without being 0.
 *
 * @param k size of the sets, at least 1; 1 is GRPO with the deviation of n instead of n − 1
 * @param threshold smallest reward of a right member
 * @param weights [functions] weights of the reward functions; empty: all 1
 */
public record PassAtK(int k, double threshold, double... weights) implements AdvantageEstimator {
  /** Checks the range. */
  public PassAtK {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1, not " + k);
    }
  }

  @Override
  public Advantages estimate(List<RewardGroup> groups) {
    List<double[]> totals = RewardMetrics.totals(groups, weights);
    List<double[]> values = new ArrayList<>();
    for (double[] t : totals) {
      values.add(group(t));
    }
    List<double[]> compared = new ArrayList<>();
    for (int g = 0; g < totals.size(); g++) {
      double[] c = values.get(g).clone();
      for (int i = 0; i < c.length; i++) {
        c[i] = Double.isNaN(totals.get(g)[i]) ? Double.NaN : c[i];
      }
      compared.add(c);
    }
    return RewardMetrics.report(groups, totals, compared, values);
  }

  private double[] group(double[] rewards) {
    int n = 0;
    int wrong = 0;
    for (double r : rewards) {
      n += Double.isNaN(r) ? 0 : 1;
      wrong += r < threshold ? 1 : 0;
    }
    double[] out = new double[rewards.length];
    if (n < k) {
      return out;
    }
    double missed = share(wrong, n, k);
    double deviation = Math.sqrt((1 - missed) * missed);
    if (deviation == 0) {
      return out;
    }
    double wrongToo = share(wrong - 1, n - 1, k - 1);
    for (int i = 0; i < out.length; i++) {
      if (!Double.isNaN(rewards[i])) {
        out[i] = (missed - (rewards[i] < threshold ? wrongToo : 0)) / deviation;
      }
    }
    return out;
  }

  /** C(part, size) / C(whole, size): the chance that all of a random set are of the part. */
  private static double share(int part, int whole, int size) {
    double product = 1;
    for (int j = 0; j < size; j++) {
      product *= (double) Math.max(0, part - j) / (whole - j);
    }
    return product;
  }
}
