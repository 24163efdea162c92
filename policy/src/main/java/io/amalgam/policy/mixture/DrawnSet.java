package io.amalgam.policy.mixture;

/**
 * The probability of a set of distinct draws, whatever their order: the sum of the ordered
 * (Plackett–Luce) probabilities over all orders, or over those that begin with the representative
 * where that is the first draw. One term. A collapse event is that of {@link
 * DrawsWithoutReplacement}, which sums over the order already.
 *
 * <p>The order says nothing about what is fed, so leaving it out takes variance out of the score
 * (Rao–Blackwell). The sum goes over subsets instead of orders: f(S) = Σ_{i∈S} f(S∖i)·p_i / R(S∖i),
 * R(S) the mass outside S.
 *
 * <p>Precision: ids are stored by falling probability. With r the mass outside all but the last of
 * them, R(S) is r plus the p of those of the others that are not in S, or the same with r − p_last
 * when S contains the last. There at least one other candidate is outside S and adds more than
 * p_last, so that R(S) ≥ r and rounding errors of r are not enlarged. Under a later policy that has
 * turned the order around they are enlarged by at most p_last / p_i.
 */
final class DrawnSet implements ActionDensity {
  /** Beyond this 2^k subsets per position cost more than the rest of a position. */
  static final int LARGEST_K = 8;

  private final DrawsWithoutReplacement ordered = new DrawsWithoutReplacement();
  private final boolean firstIsKnown;

  /** {@code firstIsKnown}: the representative is the first draw. */
  DrawnSet(boolean firstIsKnown) {
    this.firstIsKnown = firstIsKnown;
  }

  @Override
  public LikelihoodKind kind() {
    return LikelihoodKind.EXACT;
  }

  @Override
  public double[] terms(MixtureAction action, FeatureRow row) {
    if (action.collapsed()) {
      return ordered.terms(action, row);
    }
    double[] reached = reached(action, new Masses(action.slots(), row));
    return new double[] {Math.log(reached[reached.length - 1])};
  }

  /** f(S) for each subset, bit i of the index standing for slot i. */
  private double[] reached(MixtureAction action, Masses m) {
    int n = m.p.length;
    double[] f = new double[1 << n];
    f[0] = 1;
    for (int s = 0; s < f.length - 1; s++) {
      for (int i = 0; i < n; i++) {
        if ((s >> i & 1) == 0 && allowed(action, s, i)) {
          f[s | 1 << i] += f[s] * m.p[i] / m.outside(s);
        }
      }
    }
    return f;
  }

  private boolean allowed(MixtureAction action, int before, int next) {
    return !firstIsKnown || before != 0 || next == action.representative();
  }

  @Override
  public void backward(
      MixtureAction action, FeatureRow row, double[] upstream, FeatureRowGradient out) {
    if (action.collapsed()) {
      ordered.backward(action, row, upstream, out);
      return;
    }
    Masses m = new Masses(action.slots(), row);
    double[] f = reached(action, m);
    int n = m.p.length;
    double[] g = new double[f.length];
    g[f.length - 1] = upstream[0] / f[f.length - 1];
    for (int s = f.length - 2; s >= 0; s--) {
      double flow = 0;
      for (int i = 0; i < n; i++) {
        if ((s >> i & 1) == 0 && allowed(action, s, i)) {
          double step = m.p[i] / m.outside(s);
          g[s] += g[s | 1 << i] * step;
          double through = g[s | 1 << i] * f[s] * step;
          out.logProbs[i] += through;
          flow += through;
        }
      }
      m.addLogOutside(s, -flow, out);
    }
  }

  /** Probabilities of the slots and the masses outside subsets of them. */
  private static final class Masses {
    private final double[] p;
    private final double beside;

    Masses(int slots, FeatureRow row) {
      p = new double[slots];
      for (int i = 0; i < slots; i++) {
        p[i] = Math.exp(row.logProbs()[i]);
      }
      beside = Math.exp(row.logRemaining()[slots - 1]);
    }

    private boolean holdsLast(int s) {
      return (s >> p.length - 1 & 1) == 1;
    }

    /** Mass outside the subset. */
    double outside(int s) {
      if (s == 0) {
        return 1;
      }
      int last = p.length - 1;
      double mass = holdsLast(s) ? Math.max(beside - p[last], 0) : beside;
      for (int i = 0; i < last; i++) {
        if ((s >> i & 1) == 0) {
          mass += p[i];
        }
      }
      return mass;
    }

    /** Adds a gradient with respect to the log of the mass outside. */
    void addLogOutside(int s, double gradient, FeatureRowGradient out) {
      if (s == 0 || gradient == 0) {
        return;
      }
      int last = p.length - 1;
      double perMass = gradient / outside(s);
      boolean without = holdsLast(s);
      if (!without || beside > p[last]) {
        out.logRemaining[last] += perMass * beside;
        if (without) {
          out.logProbs[last] -= perMass * p[last];
        }
      }
      for (int i = 0; i < last; i++) {
        if ((s >> i & 1) == 0) {
          out.logProbs[i] += perMass * p[i];
        }
      }
    }
  }
}
