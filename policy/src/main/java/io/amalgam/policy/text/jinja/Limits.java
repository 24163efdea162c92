package io.amalgam.policy.text.jinja;

/**
 * How much a template may do in one rendering.
 *
 * @param steps operations, loop rounds and calls
 * @param length characters (UTF-16 units) of the output, and of any text or elements of any list on
 *     the way
 * @param allocated characters and elements of everything built on the way, together
 * @param depth calls of macros inside one another
 */
public record Limits(long steps, long length, long allocated, int depth) {
  /** Refuses limits that are not positive. */
  public Limits {
    if (steps <= 0 || length <= 0 || allocated <= 0 || depth <= 0) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  /**
   * Ten million steps, 16 Mi characters, 256 Mi allocated, depth 200: far beyond any published
   * template.
   */
  public static Limits standard() {
    return new Limits(10_000_000, 1L << 24, 1L << 28, 200);
  }
}
