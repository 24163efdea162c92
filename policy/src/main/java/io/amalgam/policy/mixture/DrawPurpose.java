package io.amalgam.policy.mixture;

/**
 * What a keyed stream beside the slots' uniforms is for; numbers are part of every run's result.
 */
enum DrawPurpose {
  /** The weights of a Dirichlet mixture. */
  WEIGHTS(1),
  /** Which candidate is recorded as text. */
  REPRESENTATIVE(2),
  /** The noise added to the fed vector. */
  FEED_NOISE(8);

  private final int number;

  DrawPurpose(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
