package io.amalgam.policy.train.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Batches and parameters that tests of all losses share. */
final class LossFixtures {
  /** Losses that look at single terms. */
  static final Set<String> TERM_ONLY = Set.of("clip-cov", "kl-cov", "dppo", "ipo", "m2po");

  /** Losses whose ratio is against the sampling policy: they take no correction. */
  static final Set<String> BEHAVIOUR = Set.of("async", "aipo", "topr", "dppo", "ipo", "m2po");

  /** Losses of log π with a weight that passes no gradient. */
  static final Set<String> DETACHED = Set.of("cispo", "aipo", "topr", "vespo");

  /** Losses of whole sequences: they take no correction of single terms. */
  static final Set<String> WHOLE = Set.of("gmpo", "rloo");

  record Case(String type, Map<String, String> parameters) {
    PolicyLoss loss() {
      return LossCatalog.create(type, parameters);
    }
  }

  private LossFixtures() {}

  /** Every type as it is, and with everything switched on at every level it has. */
  static List<Case> cases() {
    List<Case> out = new ArrayList<>();
    for (String type : LossCatalog.types()) {
      out.add(new Case(type, sharp(type)));
      String[] levels =
          TERM_ONLY.contains(type)
              ? new String[] {"term"}
              : new String[] {"term", "position", "sequence"};
      for (String level : levels) {
        for (String reduce : new String[] {"sum", "mean"}) {
          Map<String, String> p = sharp(type);
          p.put("kl", "0.1");
          p.put("entropy", "0.05");
          p.put("off-policy-threshold", "0.05");
          if (!type.equals("rloo")) {
            p.put("entropy-quantile", "0.7");
          }
          p.put("level", level);
          p.put("slot-reduce", reduce);
          if (!BEHAVIOUR.contains(type)) {
            p.put("correction", WHOLE.contains(type) ? "sequence-truncate" : "token-truncate");
            p.put("correction-max", "1.1");
            p.put("correction-reject", "geometric");
            p.put("correction-reject-min", "0.9");
            p.put("correction-reject-max", "1.2");
            p.put("correction-batch-normalise", "true");
          }
          out.add(new Case(type, p));
        }
      }
    }
    out.add(new Case("grpo", Map.of("delta", "1.1")));
    out.add(new Case("grpo", Map.of("proximal", "behaviour")));
    return out;
  }

  /** Parameters under which a type's own rule acts on the small batches of the tests. */
  static Map<String, String> sharp(String type) {
    Map<String, String> p = new HashMap<>();
    switch (type) {
      case "clip-cov" -> p.putAll(Map.of("cov-share", "0.2", "cov-lower", "0"));
      case "kl-cov" -> p.put("cov-share", "0.3");
      case "dppo" -> p.putAll(Map.of("mask-low", "0.03", "mask-high", "0.03", "kl-tau", "0.1"));
      case "ipo" -> p.putAll(Map.of("mask-high", "0.05", "kl-tau", "0.1"));
      case "dual-clip", "two-sided" -> p.put("delta", "1.15");
      default -> {}
    }
    return p;
  }

  /** Five ragged sequences, one of them empty, with up to three terms per position. */
  static LossBatch mixtures() {
    Random random = new Random(3);
    int[] sequences = {0, 4, 5, 5, 12, 15};
    boolean[] mask = new boolean[15];
    int[] terms = new int[16];
    for (int p = 0; p < 15; p++) {
      mask[p] = p != 2 && p != 13;
      terms[p + 1] = terms[p] + (p == 13 ? 0 : 1 + random.nextInt(3));
    }
    int q = terms[15];
    double[] now = new double[q];
    double[] old = new double[q];
    double[] behaviour = new double[q];
    double[] reference = new double[q];
    for (int i = 0; i < q; i++) {
      now[i] = -2 * random.nextDouble();
      old[i] = now[i] + 0.2 * random.nextGaussian();
      behaviour[i] = old[i] + 0.2 * random.nextGaussian();
      reference[i] = now[i] + 0.2 * random.nextGaussian();
    }
    double[] entropies = random.doubles(15).toArray();
    double[] advantages = random.doubles(5, -1, 1).toArray();
    return LossBatch.of(sequences, terms, advantages, mask, now)
        .withBehaviour(behaviour)
        .withReference(reference)
        .withEntropies(entropies)
        .withOld(old);
  }

  /** Three sequences of ordinary tokens, sampled by the very policy that is trained. */
  static LossBatch onPolicy() {
    double[] logProbs = {-.6, -.55, -.5, -.4, -.9, -.7, -.65, -.3, -.8};
    return tokens(logProbs).withOld(logProbs).withBehaviour(logProbs);
  }

  /** The same sequences with some distance between new, old and behaviour. */
  static LossBatch offPolicy() {
    return onPolicy()
        .withNew(new double[] {-.5, -.65, -.4, -.6, -.95, -.6, -.7, -.35, -.9})
        .withBehaviour(new double[] {-.7, -.5, -.55, -.45, -.8, -.75, -.6, -.25, -.85});
  }

  private static LossBatch tokens(double[] logProbs) {
    int n = logProbs.length;
    int[] terms = new int[n + 1];
    Arrays.setAll(terms, i -> i);
    boolean[] mask = new boolean[n];
    Arrays.fill(mask, true);
    return LossBatch.of(
        new int[] {0, 4, 6, 9}, terms, new double[] {.5, -.75, .25}, mask, logProbs);
  }

  /** The same batch with other advantages. */
  static LossBatch withAdvantages(LossBatch b, double... advantages) {
    return new LossBatch(
        b.sequenceStarts(),
        b.termStarts(),
        advantages,
        b.mask(),
        b.newLogProbs(),
        b.oldLogProbs(),
        b.behaviourLogProbs(),
        b.referenceLogProbs(),
        b.divergences(),
        b.entropies());
  }
}
