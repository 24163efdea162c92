package io.amalgam.actors.pretraining;

import io.amalgam.policy.model.ModelWeights;
import java.util.SortedMap;

/** Measures how well weights answer held-out problems. */
@FunctionalInterface
public interface AccuracyProbe {
  /** The accuracy per task, 0 to 1, of published weights, sampled at temperature 1. */
  SortedMap<String, Double> measure(ModelWeights published);
}
