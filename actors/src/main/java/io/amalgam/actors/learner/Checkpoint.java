package io.amalgam.actors.learner;

import io.amalgam.policy.decode.LoadedPolicy;
import io.amalgam.policy.kernel.OptimiserState;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.model.PublishedValues;
import io.amalgam.policy.model.lora.LoraAdapter;
import io.amalgam.policy.weights.FrozenModel;
import io.amalgam.verifiers.curriculum.CurriculumState;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything a run needs to go on.
 *
 * @param position where the run stands
 * @param trained weights and moments
 * @param lossState what the loss carries from step to step
 * @param finished groups that were finished and not trained
 */
public record Checkpoint(
    Position position,
    TrainedState trained,
    SortedMap<String, Double> lossState,
    List<FinishedGroup> finished) {
  /** Copies the list. */
  public Checkpoint {
    lossState = Collections.unmodifiableSortedMap(new TreeMap<>(lossState));
    finished = List.copyOf(finished);
  }

  /** The trained values in f32: all weights, or those of the adapter. */
  public ModelWeights masters() {
    return trained.masters();
  }

  /** The adapter that was trained; empty when the whole model was. */
  public Optional<LoraAdapter> adapter() {
    return trained.lora().map(spec -> new LoraAdapter(spec, masters()));
  }

  /**
   * The weights that generators decode with, bf16.
   *
   * @param policy the model that the run started from
   * @throws io.amalgam.policy.model.ModelFormatException if the adapter is none of that model
   */
  public ModelWeights published(LoadedPolicy policy) {
    return adapter()
        .map(
            a -> {
              a.check(policy.config());
              return new FrozenModel(policy.config(), policy.base()).merged(a);
            })
        .orElseGet(() -> PublishedValues.of(masters()));
  }

  /** AdamW's moments. */
  public OptimiserState optimiser() {
    return new OptimiserState(trained.steps(), trained.firstMoments(), trained.secondMoments());
  }

  /**
   * Where a run stands.
   *
   * @param run identifier of the run
   * @param life how often it was started before, from 0
   * @param version policy version of the weights
   * @param step optimiser steps taken
   * @param seed seed of everything random; with version and ordinals it is all there is to know
   * @param ledgerSequence the weights contain exactly the groups that the ledger calls trained up
   *     to here
   * @param elapsed training time so far
   * @param curriculum what was asked and how it went
   * @param violations trained groups beyond the staleness bound; 0
   */
  public record Position(
      String run,
      int life,
      long version,
      int step,
      long seed,
      long ledgerSequence,
      Duration elapsed,
      CurriculumState curriculum,
      long violations) {}
}
