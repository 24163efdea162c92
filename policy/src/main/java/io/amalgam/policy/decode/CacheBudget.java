package io.amalgam.policy.decode;

import io.amalgam.policy.kernel.ComputeFormat;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.model.ModelConfig;

/**
 * How much key-value memory a batch may take, in positions, and how much of it is promised.
 *
 * <p>A sequence reserves at admission what it takes at its longest, and gives it back when it ends:
 * once admitted it cannot run out of memory, so nothing ever waits half-way or is computed twice.
 * Memory itself is taken only as sequences grow. Reservation leaves memory unused when sequences
 * end early; eviction would use it, at the price of computing evicted sequences again.
 */
public final class CacheBudget {
  private final CacheBuckets buckets;
  private final long positions;
  private long reserved;

  /**
   * A budget with nothing reserved.
   *
   * @param bytes memory
   * @param bytesPerPosition of one position of one row
   */
  CacheBudget(CacheBuckets buckets, long bytes, long bytesPerPosition) {
    this.buckets = buckets;
    this.positions = bytes / bytesPerPosition;
  }

  /** Whether a budget holds one sequence of {@code context} positions. */
  public static boolean holds(ModelConfig config, ComputeFormat format, long bytes, int context) {
    long perPosition = GenerationModel.cacheBytesPerPosition(config, format);
    return bytes / perPosition >= CacheBuckets.upTo(context).rowLength(context);
  }

  /**
   * Refuses a budget that could not hold a single sequence.
   *
   * @param bytes the budget
   * @param context longest sequence in positions
   * @throws IllegalArgumentException with the numbers
   */
  public static void check(ModelConfig config, ComputeFormat format, long bytes, int context) {
    long perPosition = GenerationModel.cacheBytesPerPosition(config, format);
    int row = CacheBuckets.upTo(context).rowLength(context);
    if (!holds(config, format, bytes, context)) {
      throw new IllegalArgumentException(
          "a key-value memory of "
              + bytes
              + " bytes holds "
              + bytes / perPosition
              + " positions of "
              + perPosition
              + " bytes; one sequence of the context of "
              + context
              + " needs "
              + row
              + ", "
              + row * perPosition
              + " bytes");
    }
  }

  /** Positions that are not promised to any sequence. */
  long free() {
    return positions - reserved;
  }

  /** Positions in all. */
  long positions() {
    return positions;
  }

  /**
   * How many sequences of at most so many positions can still be promised their memory.
   *
   * @param apart positions that lie once for all of them
   */
  int room(int longest, int apart) {
    long left = apart == 0 ? free() : free() - buckets.rowLength(apart);
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, left / buckets.rowLength(longest)));
  }

  void reserve(int longest) {
    int row = buckets.rowLength(longest);
    if (row > free()) {
      throw new IllegalStateException(
          "a sequence of " + row + " positions exceeds the " + free() + " that are free");
    }
    reserved += row;
  }

  void release(int longest) {
    reserved -= buckets.rowLength(longest);
  }
}
