package io.amalgam.policy.weights;

import io.amalgam.proto.WeightVersionId;

/**
 * Which weights: ordered by incarnation, then by number.
 *
 * @param incarnation start of the learner that published them; a learner that resumes takes a
 *     larger one, so that weights computed twice after a crash are never mistaken for each other
 * @param number policy version: number of optimiser steps
 */
public record WeightVersion(long incarnation, long number) implements Comparable<WeightVersion> {
  /** A version of the first incarnation, 0. */
  public static WeightVersion of(long number) {
    return new WeightVersion(0, number);
  }

  /** The version on the wire. */
  public WeightVersionId toProto() {
    return WeightVersionId.newBuilder().setIncarnation(incarnation).setNumber(number).build();
  }

  /** The version from the wire. */
  public static WeightVersion fromProto(WeightVersionId id) {
    return new WeightVersion(id.getIncarnation(), id.getNumber());
  }

  @Override
  public int compareTo(WeightVersion other) {
    int byIncarnation = Long.compare(incarnation, other.incarnation);
    return byIncarnation != 0 ? byIncarnation : Long.compare(number, other.number);
  }

  @Override
  public String toString() {
    return incarnation == 0 ? "v" + number : "v" + number + " of incarnation " + incarnation;
  }
}
