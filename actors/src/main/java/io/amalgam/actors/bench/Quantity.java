package io.amalgam.actors.bench;

/** What a figure of the speed table counts. */
public enum Quantity {
  /** Positions generated, or generated and trained, per second over all sequences. */
  TOKENS_PER_SECOND("", "tok/s", 1),
  /** Time of one decode step or one training step, milliseconds. */
  STEP_MILLIS("", "ms", 1),
  /** Time of a whole process, from its start to its end, seconds. */
  PROCESS_SECONDS("process", "s", 2),
  /** Time from the call that opens a model to its first token, libraries loaded, seconds. */
  INSIDE_SECONDS("inside", "s", 2),
  /** Largest resident size of a process that does nothing else, 2³⁰ bytes. */
  PEAK_GIB("memory", "GiB", 2);

  private final String word;
  private final String unit;
  private final int decimals;

  Quantity(String word, String unit, int decimals) {
    this.word = word;
    this.unit = unit;
    this.decimals = decimals;
  }

  /** What tells lines of one row apart; empty for the figure that a row is about. */
  public String word() {
    return word;
  }

  /** The unit as printed. */
  public String unit() {
    return unit;
  }

  /** A value with its unit, as printed. */
  public String text(double value) {
    return String.format(java.util.Locale.ROOT, "%." + decimals + "f %s", value, unit);
  }
}
