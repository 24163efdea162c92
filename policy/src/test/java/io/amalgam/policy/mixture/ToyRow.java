package io.amalgam.policy.mixture;

import io.amalgam.policy.random.DrawKey;
import java.util.Arrays;
import java.util.function.BiConsumer;

/** A row of logits as a method finds it: what its filter drops has no probability. */
record ToyRow(double... logits) {
  static final DrawKey KEY = new DrawKey(11, 0, 0, 0);

  /** Old weights of the worked example. */
  static ToyRow old() {
    return new ToyRow(2, 1, .5, 0, -1);
  }

  /** New weights of the worked example. */
  static ToyRow renewed() {
    return new ToyRow(2.3, .8, .6, 0, -.6);
  }

  /** The policy that a method samples from. */
  ToyPolicy seenBy(MixtureMethod m) {
    return keeping(kept(m));
  }

  /** The ids that the filter of a method keeps, rising. */
  int[] kept(MixtureMethod m) {
    return TokenFilters.of(CandidateFilter.of(m.spec()), 1).keep(logits).ids();
  }

  /** The policy of these ids alone. */
  ToyPolicy keeping(int... ids) {
    double[] z = new double[logits.length];
    Arrays.fill(z, Double.NEGATIVE_INFINITY);
    for (int id : ids) {
      z[id] = logits[id];
    }
    return new ToyPolicy(z);
  }

  /** The same row with one logit moved. */
  ToyRow moved(int v, double by) {
    double[] z = logits.clone();
    z[v] += by;
    return new ToyRow(z);
  }

  /** What a method makes of it. */
  MixtureStep step(MixtureMethod m, DrawKey key) {
    Candidates c = seenBy(m).candidates(m.request(), key);
    return m.sample(ToyEmbedding.seen(m, c, key), Phase.MIXTURE, key);
  }

  /**
   * Every way the draws can fall under this row, with its probability, and the step that a method
   * makes of it where {@code actor} is the behaviour policy.
   */
  void visit(MixtureMethod m, ToyRow actor, BiConsumer<Double, MixtureStep> visitor) {
    int[] kept = actor.kept(m);
    visit(m, keeping(kept), actor.keeping(kept), new int[m.request().draws()], 0, 1, visitor);
  }

  private static void visit(
      MixtureMethod m,
      ToyPolicy policy,
      ToyPolicy actor,
      int[] drawn,
      int depth,
      double probability,
      BiConsumer<Double, MixtureStep> visitor) {
    double mass = 1;
    boolean[] gone = new boolean[policy.p.length];
    if (!m.request().replacement()) {
      for (int j = 0; j < depth; j++) {
        gone[drawn[j]] = true;
      }
      mass = 0;
      for (int v = 0; v < gone.length; v++) {
        mass += gone[v] ? 0 : policy.p[v];
      }
    }
    if (depth == drawn.length || mass == 0) {
      // After nothing is left, later draws are whatever the decode step says.
      Arrays.fill(drawn, depth, drawn.length, gone.length - 1);
      Candidates c = ToyEmbedding.seen(m, actor.candidates(m.request(), drawn), KEY);
      visitor.accept(probability, m.sample(c, Phase.MIXTURE, KEY));
      return;
    }
    for (int v = 0; v < policy.p.length; v++) {
      if (gone[v] || policy.p[v] == 0) {
        continue;
      }
      drawn[depth] = v;
      visit(m, policy, actor, drawn, depth + 1, probability * policy.p[v] / mass, visitor);
    }
  }
}
