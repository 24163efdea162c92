package io.amalgam.actors.weights;

import io.amalgam.policy.weights.CatchUp;
import io.amalgam.policy.weights.WeightVersion;
import java.util.Optional;

/** Where a receiver's missing updates come from. Thread-safe. */
@FunctionalInterface
public interface WeightSource {
  /**
   * The updates that lead to the newest version. May take long.
   *
   * @param have what the receiver has; empty for nothing
   */
  CatchUp catchUp(Optional<WeightVersion> have);
}
