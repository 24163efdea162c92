package io.amalgam.policy.rollout;

/** Bits of {@link Trajectory#flags()}. */
public enum PositionFlag {
  /** The position belongs to the mixture phase. */
  MIXTURE(1),
  /** The lighter candidate was dropped; the action is the collapse event. */
  COLLAPSED(2),
  /** The position was forced, not sampled: no likelihood, no loss. */
  FORCED(4),
  /** Noise was added to the vector that was fed for the position. */
  NOISED(8),
  /**
   * Attention summed the values of the prompt's shared beginning apart from the others. Of every
   * position of a sequence or of none; in bf16 training rounds at the same place.
   */
  PROMPT_APART(16);

  private final int bit;

  PositionFlag(int bit) {
    this.bit = bit;
  }

  /** The bit as a byte to be or-ed into a position's flags. */
  public byte bit() {
    return (byte) bit;
  }

  /** Whether the bit is set in {@code flags}. */
  public boolean in(byte flags) {
    return (flags & bit) != 0;
  }
}
