package io.amalgam.policy.train;

/**
 * Whose turn it is to compute on a device that several computations share.
 *
 * <p>{@link Replay} takes a turn per micro-batch, so that others can compute in between. A {@link
 * #take} that throws breaks the training step off before the weights have changed.
 */
@FunctionalInterface
public interface ComputeTurns {
  /** Waits for a turn. */
  Turn take();

  /** A turn; closing ends it. */
  @FunctionalInterface
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /** No sharing: it is always one's turn. */
  static ComputeTurns alone() {
    return () -> () -> {};
  }
}
