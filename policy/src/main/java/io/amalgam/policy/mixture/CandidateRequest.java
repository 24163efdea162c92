package io.amalgam.policy.mixture;

/**
 * What a mixture method asks the decode step to find out about each row of logits.
 *
 * <p>Draw 0 is always an exact categorical sample from softmax(logits / temperature) by inverse CDF
 * of uniform 0, so that a discrete position and a mixture position consume the same randomness.
 *
 * @param draws number of ids drawn per row, at least 1
 * @param replacement whether later draws may repeat earlier ones; without replacement the draws
 *     come in sequential (Plackett–Luce) order
 * @param top number of most probable ids wanted beside the draws, most probable first; 0 for none
 * @param collapse the weight below which the lighter of two draws is dropped, in [0, 0.5]; when
 *     above 0, the row's {@link Candidates#logBelow()} and {@link Candidates#logOddsBelow()} are
 *     computed for the heavier of draws 0 and 1
 * @param filter which tokens may be drawn
 * @param watched an id whose probability is wanted, for example the end marker's; 0 if none is
 */
public record CandidateRequest(
    int draws, boolean replacement, int top, double collapse, CandidateFilter filter, int watched) {
  /** Checks the ranges. */
  public CandidateRequest {
    if (draws < 1 || top < 0 || watched < 0 || !(collapse >= 0 && collapse <= 0.5)) {
      throw new IllegalArgumentException(
          "draws " + draws + ", top " + top + ", collapse " + collapse + " out of range");
    }
    if (collapse > 0 && (draws != 2 || replacement)) {
      throw new IllegalArgumentException("collapse needs two draws without replacement");
    }
  }

  /** One categorical draw and nothing else. */
  public static CandidateRequest oneDraw() {
    return new CandidateRequest(1, true, 0, 0);
  }

  /** Draws from everything. */
  public CandidateRequest(int draws, boolean replacement, int top, double collapse) {
    this(draws, replacement, top, collapse, CandidateFilter.NONE, 0);
  }

  /**
   * One draw, and the k most probable ids for methods that mix them; at k = 1 those methods are
   * ordinary sampling and the draw is enough.
   */
  static CandidateRequest mostProbable(int k) {
    return new CandidateRequest(1, true, k == 1 ? 0 : k, 0);
  }

  /** The same request with a filter. */
  public CandidateRequest filtered(CandidateFilter by) {
    return new CandidateRequest(draws, replacement, top, collapse, by, watched);
  }

  /** The same request with at least {@code least} most probable ids. */
  public CandidateRequest withTop(int least) {
    return new CandidateRequest(
        draws, replacement, Math.max(top, least), collapse, filter, watched);
  }

  /** The same request watching an id. */
  public CandidateRequest watching(int id) {
    return new CandidateRequest(draws, replacement, top, collapse, filter, id);
  }
}
