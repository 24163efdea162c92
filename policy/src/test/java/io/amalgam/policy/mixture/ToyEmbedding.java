package io.amalgam.policy.mixture;

import io.amalgam.policy.random.DrawKey;

/** Embeddings of toy tokens, for methods that add noise to what is fed. */
final class ToyEmbedding {
  private static final int HIDDEN = 4;
  private static final float SCALE = 0.9f;

  private ToyEmbedding() {}

  /** The candidates with what the decode step says of the embedding, where a method asks for it. */
  static Candidates seen(MixtureMethod m, Candidates c, DrawKey key) {
    if (!(m.feedRule() instanceof FeedRule.Noised)) {
      return c;
    }
    float[] noise = new float[HIDDEN];
    FeedNoise.write(key, 1, noise, 0, HIDDEN);
    int top = c.topIds().length;
    float[] projections = new float[top];
    float[] products = new float[top * top];
    for (int i = 0; i < top; i++) {
      projections[i] = (float) dot(embedding(c.topIds()[i]), noise);
      for (int j = 0; j < top; j++) {
        products[i * top + j] = (float) dot(embedding(c.topIds()[i]), embedding(c.topIds()[j]));
      }
    }
    return new Candidates(
        c.drawIds(),
        c.drawLogProbs(),
        c.drawLogRemaining(),
        c.logBelow(),
        c.logOddsBelow(),
        c.topIds(),
        c.topLogProbs(),
        c.entropy(),
        c.support(),
        c.fullEntropy(),
        c.mostProbable(),
        c.watchedLogProb(),
        new EmbeddingGeometry(SCALE, (float) dot(noise, noise), projections, products));
  }

  private static float[] embedding(int id) {
    float[] out = new float[HIDDEN];
    for (int d = 0; d < HIDDEN; d++) {
      out[d] = (float) Math.sin(1 + 2.3 * id + 1.7 * d);
    }
    return out;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += (double) a[d] * b[d];
    }
    return sum;
  }
}
