package io.amalgam.policy.mixture;

/** One made-up position for tests of the phases: an action and what it was drawn from. */
record Scripted(MixtureStep step, Candidates candidates) {

  /** One token, drawn first and most probable. */
  static Scripted token(int id) {
    return mixture(0, id);
  }

  /** A mixture of ids in equal parts; the first is the first draw and the most probable. */
  static Scripted mixture(int representative, int... ids) {
    int k = ids.length;
    float[] weights = new float[k];
    java.util.Arrays.fill(weights, 1f / k);
    MixtureStep step =
        new MixtureStep(
            k, ids, weights, representative, false, new float[k], 0, 0, new float[k], k, 1f);
    return new Scripted(step, candidates(ids[0], ids[0], 1, -5));
  }

  private static Candidates candidates(int draw, int best, float entropy, float watched) {
    return new Candidates(
        new int[] {draw},
        new float[] {-1},
        new float[] {0},
        0,
        0,
        new int[] {best},
        new float[] {-1},
        0.5f,
        0,
        entropy,
        best,
        watched);
  }

  Scripted mostProbable(int id) {
    return with(candidates(draw(), id, candidates.fullEntropy(), candidates.watchedLogProb()));
  }

  Scripted entropy(double nats) {
    return with(
        candidates(draw(), candidates.mostProbable(), (float) nats, candidates.watchedLogProb()));
  }

  /** The watched id has this probability. */
  Scripted watched(double probability) {
    return with(
        candidates(
            draw(),
            candidates.mostProbable(),
            candidates.fullEntropy(),
            (float) Math.log(probability)));
  }

  Scripted firstDraw(int id) {
    return with(
        candidates(
            id, candidates.mostProbable(), candidates.fullEntropy(), candidates.watchedLogProb()));
  }

  private int draw() {
    return candidates.drawIds()[0];
  }

  private Scripted with(Candidates other) {
    return new Scripted(step, other);
  }

  /** Lets the tracker see it, or the forced token in its place. */
  Settled at(PhaseTracker tracker) {
    MixtureStep seen =
        tracker.forced().isPresent()
            ? MixtureStep.forced(tracker.forced().getAsInt(), step.ids().length, 1)
            : step;
    return tracker.observe(seen, candidates);
  }
}
