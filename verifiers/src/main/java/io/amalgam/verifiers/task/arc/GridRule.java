package io.amalgam.verifiers.task.arc;

import io.amalgam.verifiers.python.PythonRandom;
import java.util.function.Function;

/** A rule on grids with all its choices made: draws pairs that obey it. */
@FunctionalInterface
interface GridRule {
  /** One pair. */
  GridPair pair(GridDraws draws);

  /**
   * Rules of the same nature, which differ in directions, colours or sizes.
   *
   * @param name what the rules do
   * @param rules draws one of them
   */
  record Kind(String name, Function<PythonRandom, GridRule> rules) {}
}
