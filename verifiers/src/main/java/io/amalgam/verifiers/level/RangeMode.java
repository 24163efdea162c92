package io.amalgam.verifiers.level;

/**
 * Which levels a range covers.
 *
 * @param kind how the lower end is chosen
 * @param count for {@link Kind#LAST}: so many levels up to the current one, at least 1
 */
public record RangeMode(Kind kind, int count) {
  /** How the lower end is chosen. */
  public enum Kind {
    /** All levels up to the current one. */
    INCLUSIVE,
    /** The current level alone. */
    UPPER_BOUND,
    /** The last few levels. */
    LAST
  }

  /** All levels up to the current one. */
  public static final RangeMode INCLUSIVE = new RangeMode(Kind.INCLUSIVE, 1);

  /** The current level alone. */
  public static final RangeMode UPPER_BOUND = new RangeMode(Kind.UPPER_BOUND, 1);

  /** Checks the count. */
  public RangeMode {
    if (count < 1) {
      throw new IllegalArgumentException("levels of a range: " + count + " must be at least 1");
    }
  }

  /** The last {@code count} levels. */
  public static RangeMode last(int count) {
    return new RangeMode(Kind.LAST, count);
  }

  /** The level of the upper end. */
  int high(LevelAttribute.Range range, int level) {
    boolean next = range.interval() && kind != Kind.LAST;
    return Math.min(next ? level + 1 : level, range.lastLevel());
  }

  /** The level of the lower end. */
  int low(LevelAttribute.Range range, int level) {
    int high = high(range, level);
    if (kind == Kind.INCLUSIVE) {
      return 0;
    }
    if (kind == Kind.UPPER_BOUND) {
      return range.interval() ? Math.max(0, high - 1) : high;
    }
    int low = Math.max(0, high - count + 1);
    return range.interval() && low == high ? Math.max(0, high - 1) : low;
  }
}
