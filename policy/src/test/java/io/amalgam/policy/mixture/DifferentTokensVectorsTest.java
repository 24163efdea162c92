package io.amalgam.policy.mixture;

import static io.amalgam.policy.mixture.ToyPolicy.method;
import static io.amalgam.policy.mixture.ToyPolicy.sum;
import static io.amalgam.policy.mixture.Vectors.EXACT;
import static io.amalgam.policy.mixture.Vectors.NEW;
import static io.amalgam.policy.mixture.Vectors.OLD;
import static io.amalgam.policy.mixture.Vectors.action;
import static io.amalgam.policy.mixture.Vectors.assertClose;
import static io.amalgam.policy.mixture.Vectors.gradient;
import static io.amalgam.policy.mixture.Vectors.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.random.DrawKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DifferentTokensVectorsTest {
  private static final int[] PAIR = {1, 3};
  private static final MixtureAction ACTION = action(2, 0, .73105858f, .26894142f);

  @Test
  void orderedPairs() {
    MixtureLikelihood l = method("different-tokens", 2, "likelihood", "ordered").likelihood();
    double old = value(l, ACTION, OLD, PAIR);
    double renewed = value(l, ACTION, NEW, PAIR);
    assertThat(old).isCloseTo(-3.9167875220176183, EXACT);
    assertThat(renewed).isCloseTo(-4.536538219509886, EXACT);
    assertThat(Math.exp(renewed - old)).isCloseTo(.5380785652104683, EXACT);
    assertClose(
        gradient(l, ACTION, OLD, PAIR, 0),
        -1.27312115,
        .79287606,
        -.28407173,
        .82770179,
        -.06338497);
  }

  @Test
  void sets() {
    MixtureLikelihood l = set(2, "heaviest");
    double old = value(l, ACTION, OLD, PAIR);
    double renewed = value(l, ACTION, NEW, PAIR);
    assertThat(old).isCloseTo(-3.297139621876304, EXACT);
    assertThat(renewed).isCloseTo(-3.886356068792546, EXACT);
    assertThat(Math.exp(renewed - old)).isCloseTo(.5547617997984499, EXACT);
    assertThat(l.kind()).isEqualTo(LikelihoodKind.EXACT);
    assertClose(
        gradient(l, ACTION, OLD, PAIR, 0),
        -1.226639001,
        .689322069,
        -.273700157,
        .872087849,
        -.061070760);
    MixtureAction three = action(3, 0, .8f, .1f, .1f);
    assertThat(value(set(3, "heaviest"), three, OLD, 0, 1, 3)).isCloseTo(-1.3890858249, EXACT);
    assertThat(value(set(3, "heaviest"), three, NEW, 0, 1, 3)).isCloseTo(-1.6067161499, EXACT);
    MixtureAction four = action(4, 3, .7f, .1f, .1f, .1f);
    assertThat(value(set(4, "heaviest"), four, NEW, 0, 1, 2, 4)).isCloseTo(-1.3072843600, EXACT);
    assertThat(value(set(4, "first"), four, NEW, 0, 1, 2, 4)).isCloseTo(-3.9803484210, EXACT);
  }

  private static MixtureLikelihood set(int k, String representative) {
    return method(
            "different-tokens",
            k,
            "likelihood",
            "set",
            "collapse",
            "0",
            "representative",
            representative)
        .likelihood();
  }

  @Test
  void setsAreTheSumOverOrdersWhateverTheOrderStored() {
    for (int[] ids : new int[][] {{1, 3}, {0, 4, 2}, {4, 3, 1, 0}}) {
      int k = ids.length;
      MixtureAction a = new MixtureAction(k, false, 0, Actions.uniform(k), new float[k]);
      MixtureLikelihood ordered =
          method("different-tokens", k, "likelihood", "ordered").likelihood();
      double all = 0;
      double withFirst = 0;
      for (int[] order : orders(ids)) {
        double p = Math.exp(value(ordered, a, OLD, order));
        all += p;
        withFirst += order[0] == ids[0] ? p : 0;
      }
      for (int[] order : orders(ids)) {
        assertThat(value(set(k, "heaviest"), a, OLD, order)).isCloseTo(Math.log(all), EXACT);
      }
      assertThat(value(set(k, "first"), a, OLD, ids)).isCloseTo(Math.log(withFirst), EXACT);
    }
  }

  private static List<int[]> orders(int[] ids) {
    List<int[]> out = new ArrayList<>();
    extend(ids, new int[ids.length], 0, new boolean[ids.length], out);
    return out;
  }

  private static void extend(int[] ids, int[] order, int depth, boolean[] used, List<int[]> out) {
    if (depth == ids.length) {
      out.add(order.clone());
      return;
    }
    for (int i = 0; i < ids.length; i++) {
      if (!used[i]) {
        used[i] = true;
        order[depth] = ids[i];
        extend(ids, order, depth + 1, used, out);
        used[i] = false;
      }
    }
  }

  /** A tail token drawn before a nearly certain one: what is left after both must not cancel. */
  @Test
  void setsKeepTheirPrecisionWhereTheLastDrawIsNearlyCertain() {
    ToyPolicy sure = new ToyPolicy(20, 3, 1, 0, -2);
    for (int[] drawn : new int[][] {{1, 0, 2}, {0, 1, 2}}) {
      MixtureStep step = sampled("0", sure, drawn);
      double exact = value(set(2, "heaviest"), ToyPolicy.action(step), sure, step.ids());
      assertThat((double) step.logProbs()[0]).isCloseTo(exact, within(1e-5));
    }
    // With collapse no third draw is made; the lighter weight bounds what cancels.
    ToyPolicy unsure = new ToyPolicy(4, 0, -6, -6, -6);
    for (int[] drawn : new int[][] {{1, 0}, {0, 1}}) {
      MixtureStep step = sampled("0.01", unsure, drawn);
      double exact = value(set(2, "heaviest"), ToyPolicy.action(step), unsure, step.ids());
      assertThat((double) step.logProbs()[0]).isCloseTo(exact, within(2e-5));
    }
  }

  private static MixtureStep sampled(String collapse, ToyPolicy policy, int... drawn) {
    MixtureMethod m = method("different-tokens", 2, "likelihood", "set", "collapse", collapse);
    MixtureStep step =
        m.sample(policy.candidates(m.request(), drawn), Phase.MIXTURE, new DrawKey(0, 0, 0, 0));
    assertThat(step.ids()).containsExactly(0, 1);
    assertThat(step.slots()).isEqualTo(2);
    return step;
  }

  @Test
  void surrogates() {
    MixtureLikelihood l = method("different-tokens", 2, "likelihood", "surrogate").likelihood();
    assertThat(l.terms(ACTION, OLD.features(PAIR, 0))).hasSize(1);
    assertThat(value(l, ACTION, OLD, PAIR)).isCloseTo(-1.8433793609977913, EXACT);
    assertThat(value(l, ACTION, NEW, PAIR)).isCloseTo(-2.1934083923416603, EXACT);
    assertClose(
        gradient(l, ACTION, OLD, PAIR, 0),
        -.56302123,
        .72054658,
        -.12562702,
        -.00386715,
        -.02803118);
    assertThat(l.kind()).isEqualTo(LikelihoodKind.SURROGATE);
  }

  @Test
  void pairsSumToOneAndAreIncludedAsOftenAsTheyShould() {
    MixtureLikelihood ordered = method("different-tokens", 2, "likelihood", "ordered").likelihood();
    MixtureLikelihood set = set(2, "heaviest");
    double total = 0;
    double sets = 0;
    double entropy = 0;
    double divergence = 0;
    double[] included = new double[5];
    for (int a = 0; a < 5; a++) {
      for (int b = 0; b < 5; b++) {
        if (a == b) {
          continue;
        }
        double old = sum(ordered.terms(ACTION, OLD.features(new int[] {a, b}, 0)));
        double renewed = sum(ordered.terms(ACTION, NEW.features(new int[] {a, b}, 0)));
        total += Math.exp(old);
        entropy -= Math.exp(old) * old;
        divergence += Math.exp(renewed) * (renewed - old);
        included[a] += Math.exp(old);
        included[b] += Math.exp(old);
        sets += a < b ? Math.exp(value(set, ACTION, OLD, a, b)) : 0;
      }
    }
    assertThat(total).isCloseTo(1, EXACT);
    assertThat(sets).isCloseTo(1, EXACT);
    assertThat(entropy).isCloseTo(2.2875132327974503, EXACT);
    assertThat(divergence).isCloseTo(.03414333978479152, EXACT);
    assertClose(included, .8536690549, .5268069783, .3342926017, .2074215842, .0778097810);
  }
}
