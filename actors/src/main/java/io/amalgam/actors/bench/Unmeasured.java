package io.amalgam.actors.bench;

/** Something could not be measured; the message says why. */
public final class Unmeasured extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason one line
   */
  public Unmeasured(String reason) {
    super(reason);
  }
}
