package io.amalgam.policy.mixture;

/**
 * How the noise of a position and the embeddings of its most probable ids lie to each other: all
 * that a density of the noisy vector needs to know of vectors. E_i is the embedding of top id i, ε
 * the standard normal noise, m the number of ids.
 *
 * @param scale standard deviation σ of the noise in each dimension; 0: there is no noise
 * @param noiseSquare ‖ε‖²
 * @param projections [m] E_i·ε
 * @param products [m, m] E_i·E_j
 */
public record EmbeddingGeometry(
    float scale, float noiseSquare, float[] projections, float[] products) {
  /** Nothing is known, because no method asked. */
  public static final EmbeddingGeometry NONE =
      new EmbeddingGeometry(0, 0, new float[0], new float[0]);
}
