package io.amalgam.verifiers.task.arithmetic.gsm;

/** How the details of one story are drawn, in the original's order. */
@FunctionalInterface
interface Plot {
  /** Draws what the story's formulas and texts do not find themselves. */
  void draw(Scene scene);
}
