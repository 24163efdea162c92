package io.amalgam.policy.model;

/**
 * Which linear layers of every layer of a transformer have biases.
 *
 * @param inputs the query, key and value projections
 * @param output what joins the attention heads
 * @param feedForward gate, up and down
 */
public record Biases(boolean inputs, boolean output, boolean feedForward) {
  /** No biases at all. */
  public static final Biases NONE = new Biases(false, false, false);

  /** Queries, keys and values, as in Qwen2. */
  public static final Biases INPUTS = new Biases(true, false, false);
}
