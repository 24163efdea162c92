package io.amalgam.verifiers.task.arc;

import java.util.function.UnaryOperator;

/** A grid and what the rule makes of it. */
record GridPair(Grid input, Grid output) {
  /** Both grids changed in the same way. */
  GridPair both(UnaryOperator<Grid> change) {
    return new GridPair(change.apply(input), change.apply(output));
  }
}
