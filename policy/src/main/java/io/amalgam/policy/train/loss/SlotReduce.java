package io.amalgam.policy.train.loss;

/** How the terms of one position become the position's value; the same for one term. */
public enum SlotReduce {
  /** Their sum: the exact score of the joint action; a position of k slots weighs up to k times. */
  SUM,
  /** Their mean: every position weighs the same. */
  MEAN
}
