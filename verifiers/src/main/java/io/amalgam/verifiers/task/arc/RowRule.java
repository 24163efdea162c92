package io.amalgam.verifiers.task.arc;

import io.amalgam.verifiers.python.PythonRandom;
import java.util.Optional;

/** A rule that maps a row of coloured cells to another, seen as a generator of such pairs. */
@FunctionalInterface
interface RowRule {
  /** Draws a pair of rows of {@code size} cells; empty if what was drawn does not fit. */
  Optional<RowPair> draw(PythonRandom random, int size);

  /** The same rule from right to left. */
  default RowRule mirrored() {
    return (random, size) -> draw(random, size).map(RowPair::mirrored);
  }

  /** The rule that leads back from the output to the input. */
  default RowRule inverse() {
    return (random, size) -> draw(random, size).map(RowPair::inverse);
  }
}
