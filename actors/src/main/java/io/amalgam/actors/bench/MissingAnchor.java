package io.amalgam.actors.bench;

/**
 * An anchor that this machine or command does not have; ours is measured all the same.
 *
 * @param name as the table calls it
 * @param reason what is missing
 */
record MissingAnchor(String name, String reason) implements Anchor {
  @Override
  public Measured measure() throws Unmeasured {
    throw new Unmeasured(reason);
  }
}
