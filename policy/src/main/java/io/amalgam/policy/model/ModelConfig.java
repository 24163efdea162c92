package io.amalgam.policy.model;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The shape of a decoder-only transformer and the constants of its layers.
 *
 * @param family what distinguishes its family
 * @param vocabSize number of rows of the embedding
 * @param hiddenSize width of the residual stream
 * @param intermediateSize width of the gated feed-forward layer
 * @param layers number of layers
 * @param heads query heads
 * @param keyValueHeads key and value heads; divides {@code heads}
 * @param headDim width of one head, even
 * @param biases which linear layers have biases
 * @param normEpsilon added to the mean square in every RMS norm
 * @param rotary rotary positions
 * @param rotaryLayers [layers] whether layer i uses rotary positions
 * @param windows [layers] how many positions, itself included, a query of layer i sees; 0 for all
 * @param tiedHead whether the head is the embedding matrix
 * @param maxPositions longest sequence the model was made for
 * @param bosToken first token of a text, if the configuration names one
 * @param eosTokens ids that end a text according to {@code config.json}
 * @param padToken padding, if the configuration names one
 * @param storedType number format of the published weights
 */
public record ModelConfig(
    Family family,
    int vocabSize,
    int hiddenSize,
    int intermediateSize,
    int layers,
    int heads,
    int keyValueHeads,
    int headDim,
    Biases biases,
    double normEpsilon,
    RotarySettings rotary,
    List<Boolean> rotaryLayers,
    List<Integer> windows,
    boolean tiedHead,
    int maxPositions,
    OptionalInt bosToken,
    List<Integer> eosTokens,
    OptionalInt padToken,
    DType storedType) {
  /** Checks sizes and divisibility. */
  public ModelConfig {
    rotaryLayers = List.copyOf(rotaryLayers);
    windows = List.copyOf(windows);
    eosTokens = List.copyOf(eosTokens);
    if (vocabSize < 1
        || hiddenSize < 1
        || intermediateSize < 1
        || layers < 1
        || heads < 1
        || keyValueHeads < 1
        || headDim < 2
        || maxPositions < 1) {
      throw new ModelFormatException("every size of a model configuration must be positive");
    }
    if (heads % keyValueHeads != 0) {
      throw new ModelFormatException(
          heads + " heads cannot be grouped over " + keyValueHeads + " key/value heads");
    }
    if (headDim % 2 != 0) {
      throw new ModelFormatException("head_dim is " + headDim + ", must be even");
    }
    if (rotaryLayers.size() != layers || windows.size() != layers) {
      throw new ModelFormatException(
          "the per-layer lists of the configuration do not have " + layers + " entries");
    }
  }

  /**
   * A configuration of the family's usual form: rotary positions in every layer, no window, theta
   * 10,000, epsilon 1e-6, no special tokens.
   */
  public static ModelConfig of(
      Family family,
      int vocabSize,
      int hiddenSize,
      int intermediateSize,
      int layers,
      int heads,
      int keyValueHeads,
      boolean tiedHead,
      int maxPositions) {
    return new ModelConfig(
        family,
        vocabSize,
        hiddenSize,
        intermediateSize,
        layers,
        heads,
        keyValueHeads,
        hiddenSize / heads,
        family.usualBiases(),
        1e-6,
        new RotarySettings(10_000, Optional.empty()),
        Collections.nCopies(layers, true),
        Collections.nCopies(layers, 0),
        tiedHead,
        maxPositions,
        OptionalInt.empty(),
        List.of(),
        OptionalInt.empty(),
        DType.BF16);
  }

  /** The same with other biases. */
  public ModelConfig withBiases(Biases others) {
    return new ModelConfig(
        family,
        vocabSize,
        hiddenSize,
        intermediateSize,
        layers,
        heads,
        keyValueHeads,
        headDim,
        others,
        normEpsilon,
        rotary,
        rotaryLayers,
        windows,
        tiedHead,
        maxPositions,
        bosToken,
        eosTokens,
        padToken,
        storedType);
  }

  /**
   * The same for a policy whose sequences have at most {@code positions} positions, or for the
   * model's own context. It decides among the factors of {@link RotaryScaling.LongRope} and nothing
   * else; all that sample and train one policy need the same choice.
   *
   * @param positions 0 for {@link #maxPositions}
   */
  public ModelConfig forContext(int positions) {
    int longest = positions > 0 ? Math.min(positions, maxPositions) : maxPositions;
    return with(rotary.forContext(longest), tiedHead, bosToken, eosTokens, padToken);
  }

  /** The same with other special tokens. */
  public ModelConfig withSpecialTokens(OptionalInt bos, List<Integer> eos, OptionalInt pad) {
    return with(rotary, tiedHead, bos, eos, pad);
  }

  /** The same with a head of its own. */
  ModelConfig untied() {
    return with(rotary, false, bosToken, eosTokens, padToken);
  }

  private ModelConfig with(
      RotarySettings positions, boolean tied, OptionalInt bos, List<Integer> eos, OptionalInt pad) {
    return new ModelConfig(
        family,
        vocabSize,
        hiddenSize,
        intermediateSize,
        layers,
        heads,
        keyValueHeads,
        headDim,
        biases,
        normEpsilon,
        positions,
        rotaryLayers,
        windows,
        tied,
        maxPositions,
        bos,
        eos,
        pad,
        storedType);
  }

  /** Number of parameters, a tied head counted once. */
  public long parameters() {
    return ParameterLayout.of(this).values().stream()
        .mapToLong(
            shape -> {
              long n = 1;
              for (long s : shape) {
                n *= s;
              }
              return n;
            })
        .sum();
  }
}
