package io.amalgam.actors.bench;

/**
 * An anchor that is measured in this process: the machine's floor, or another way of ours.
 *
 * @param name as the table calls it
 * @param turn takes one turn
 */
record InsideAnchor(String name, Turn turn) implements Anchor {
  /** One measurement. */
  interface Turn {
    /** Measures once. */
    Measured measure() throws Unmeasured;
  }

  @Override
  public Measured measure() throws Unmeasured {
    return turn.measure();
  }
}
