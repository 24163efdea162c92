package io.amalgam.actors.bench;

/** What a figure of the speed table counts. */
public enum Quantity {
  /** Positions generated, or generated and trained, per second over all sequences. */
  TOKENS_PER_SECOND("tok/s", 1),
  /** Time of one decode step or one training step, milliseconds. */
  STEP_MILLIS("ms", 1),
  /** Time of a whole process, from its start to its end, seconds. */
  PROCESS_SECONDS("s", 2),
  /** Time from the call that opens a model to its first token, program and libraries loaded. */
  INSIDE_SECONDS("s", 2),
  /** Largest resident size of a process that does nothing else, 2³⁰ bytes. */
  PEAK_GIB("GiB", 2);

  private final String unit;
  private final int decimals;

  Quantity(String unit, int decimals) {
    this.unit = unit;
    this.decimals = decimals;
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
