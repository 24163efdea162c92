package io.amalgam.policy.decode;

/**
 * The key-value memory of a batch. Bytes are those of all layers, keys and values.
 *
 * @param bytes memory taken now
 * @param peakBytes most that was taken at a time
 * @param budgetBytes most that may be taken; a sequence in moving, or a long prompt in the making,
 *     takes its own length more for a moment
 * @param freePositions positions that are not promised to any sequence
 */
public record CacheUse(long bytes, long peakBytes, long budgetBytes, long freePositions) {}
