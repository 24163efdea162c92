package io.amalgam.policy.decode;

import io.amalgam.policy.mixture.MixtureMethod;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.rollout.UnfinishedSequence;

/**
 * What a batch can take by the shape of its model and its context, whoever else is running.
 *
 * @param context positions per sequence, prompt included
 * @param vocabulary number of ids
 */
record AdmissionChecks(int context, int vocabulary) {
  /** Most positions that a member of the group may generate. */
  int limit(GroupRequest request) {
    return Math.min(request.maxNewTokens(), context - request.promptIds().length + 1);
  }

  /**
   * The prompt of a group.
   *
   * @throws IllegalArgumentException if it does not fit the context or the vocabulary
   */
  int[] prompt(GroupRequest request) {
    int[] prompt = request.promptIds();
    if (prompt.length > context) {
      throw new IllegalArgumentException(
          "the prompt of group "
              + request.ordinal()
              + " has "
              + prompt.length
              + " ids, the context "
              + context);
    }
    ids(prompt);
    return prompt;
  }

  /**
   * The method that goes on with a sequence.
   *
   * @param ofBatch the method of the batch
   * @throws IllegalArgumentException if the sequence was sampled by none of the batch's modes, or
   *     does not fit the context or the vocabulary
   */
  MixtureMethod method(UnfinishedSequence sequence, MixtureMethod ofBatch) {
    Trajectory soFar = sequence.soFar();
    if (sequence.positions() > context) {
      throw new IllegalArgumentException(
          "the sequence may take "
              + sequence.positions()
              + " positions, the context has "
              + context);
    }
    ids(soFar.promptIds());
    ids(soFar.ids());
    for (DecodeMode mode : DecodeMode.values()) {
      MixtureMethod chosen = mode.method(ofBatch);
      if (chosen.spec().equals(soFar.method())) {
        return chosen;
      }
    }
    throw new IllegalArgumentException(
        "the sequence was sampled with "
            + soFar.method()
            + ", this batch decodes with "
            + ofBatch.spec());
  }

  private void ids(int[] ids) {
    for (int id : ids) {
      if (id < 0 || id >= vocabulary) {
        throw new IllegalArgumentException(
            "id " + id + " is outside the vocabulary of " + vocabulary);
      }
    }
  }
}
