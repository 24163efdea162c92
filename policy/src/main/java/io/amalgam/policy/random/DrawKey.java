package io.amalgam.policy.random;

/**
 * The key of everything random at one position of one sequence.
 *
 * <p>Values depend on the key alone: not on the batch, the thread, or what was drawn before. Every
 * combination of fields, purpose and block has its own counter, so no two draws share bits.
 *
 * @param seed seed of the run, or of an evaluation
 * @param group number of the group, 0 to {@value #MAX_GROUP}
 * @param member member of the group, 0 to {@value #MAX_MEMBER}
 * @param position generated position, 0 to {@value #MAX_POSITION}
 */
public record DrawKey(long seed, long group, int member, int position) {
  /** Largest group number. */
  public static final long MAX_GROUP = (1L << 52) - 1;

  /** Largest member number. */
  public static final int MAX_MEMBER = (1 << 12) - 1;

  /** Largest position. */
  public static final int MAX_POSITION = (1 << 24) - 1;

  /** Purpose of the uniforms of the slots; reserved for {@link #uniform(int)}. */
  private static final int SLOTS = 0;

  private static final int MAX_PURPOSE = 255;

  /** Checks the ranges. */
  public DrawKey {
    if (group < 0 || group > MAX_GROUP) {
      throw new IllegalArgumentException("group " + group + " is not in 0.." + MAX_GROUP);
    }
    if (member < 0 || member > MAX_MEMBER) {
      throw new IllegalArgumentException("member " + member + " is not in 0.." + MAX_MEMBER);
    }
    if (position < 0 || position > MAX_POSITION) {
      throw new IllegalArgumentException("position " + position + " is not in 0.." + MAX_POSITION);
    }
  }

  /** The same sequence at another position. */
  public DrawKey at(int newPosition) {
    return new DrawKey(seed, group, member, newPosition);
  }

  /** The uniform of one slot, in (0, 1). */
  public double uniform(int slot) {
    if (slot < 0) {
      throw new IllegalArgumentException("slot " + slot + " is negative");
    }
    int[] words = block(SLOTS, slot >>> 1);
    return (slot & 1) == 0
        ? Philox.uniform(words[0], words[1])
        : Philox.uniform(words[2], words[3]);
  }

  /**
   * An unlimited stream of numbers for one purpose, from 1 to 255. Streams of different purposes
   * and the slots' uniforms never overlap.
   */
  public KeyedStream stream(int purpose) {
    if (purpose <= SLOTS || purpose > MAX_PURPOSE) {
      throw new IllegalArgumentException("purpose " + purpose + " is not in 1.." + MAX_PURPOSE);
    }
    return new KeyedStream(this, purpose);
  }

  /** The 128 random bits of a block: [4] words. */
  int[] block(int purpose, int block) {
    int[] words = {
      block, purpose << 24 | position, (int) group, (int) (group >>> 32) << 12 | member
    };
    Philox.apply(words, (int) seed, (int) (seed >>> 32));
    return words;
  }
}
