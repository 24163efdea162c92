package io.amalgam.verifiers.task.induction;

import java.util.List;

/**
 * Six shown experiments and four that ask for the light.
 *
 * @param shown experiments with a known light
 * @param asked experiments whose light is the answer
 */
record BlicketScenario(List<Experiment> shown, List<Experiment> asked) {
  BlicketScenario {
    shown = List.copyOf(shown);
    asked = List.copyOf(asked);
  }

  /** Objects on the detector and its light. */
  record Experiment(List<Integer> objects, Light light) {
    Experiment {
      objects = List.copyOf(objects);
    }
  }
}
