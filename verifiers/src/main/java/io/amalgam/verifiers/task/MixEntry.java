package io.amalgam.verifiers.task;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One task of a mix.
 *
 * @param task name in the catalogue
 * @param weight share of the problems relative to the other entries; above 0 and finite
 * @param config fields that differ from the defaults
 */
public record MixEntry(String task, double weight, ObjectNode config) {
  /** Checks the weight. */
  public MixEntry {
    if (!(weight > 0) || Double.isInfinite(weight)) {
      throw new TaskConfigurationException(
          "task mix: weight of " + task + " = " + weight + " must be above 0 and finite");
    }
  }
}
