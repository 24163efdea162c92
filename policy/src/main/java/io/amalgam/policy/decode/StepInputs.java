package io.amalgam.policy.decode;

import io.amalgam.policy.kernel.CacheRun;
import io.amalgam.policy.kernel.SeenIds;
import io.amalgam.policy.kernel.StepInput;
import io.amalgam.policy.kernel.StepNoise;
import io.amalgam.policy.mixture.CandidateFilter;
import io.amalgam.policy.mixture.CandidateRequest;
import io.amalgam.policy.mixture.FeedRule;
import io.amalgam.policy.mixture.MixtureMethod;
import io.amalgam.policy.mixture.PhasePolicy;
import io.amalgam.policy.mixture.RepetitionPenalty;
import java.util.List;
import java.util.OptionalInt;

/** Puts together what a decode step takes for its sequences. */
final class StepInputs {
  private final MixtureMethod method;
  private final CandidateRequest request;
  private final boolean maximum;
  private final float noiseScale;
  private final int hidden;
  private final float penalty;

  /**
   * @param noiseScale σ of the noise that the method feeds; 0: none
   * @param hidden size of a fed vector
   */
  StepInputs(MixtureMethod method, PhasePolicy phases, float noiseScale, int hidden) {
    this.method = method;
    this.maximum = method.feedRule() instanceof FeedRule.Maximum;
    this.noiseScale = noiseScale;
    this.hidden = hidden;
    this.penalty = (float) RepetitionPenalty.of(method.spec());
    CandidateRequest plain = method.request().filtered(CandidateFilter.of(method.spec()));
    OptionalInt watched = phases.watched();
    this.request = watched.isPresent() ? plain.watching(watched.getAsInt()) : plain;
  }

  /**
   * The input of the sequences.
   *
   * @param runs where they are in the cache
   */
  StepInput of(List<DecodeRow> rows, List<CacheRun> runs) {
    int n = rows.size();
    int k = method.spec().k();
    CandidateRequest asked = request(rows);
    int[] ids = new int[n * k];
    float[] weights = new float[n * k];
    int[] positions = new int[n];
    double[] uniforms = new double[n * asked.draws()];
    for (int r = 0; r < n; r++) {
      DecodeRow row = rows.get(r);
      row.feed(ids, weights, r * k, k);
      positions[r] = row.position();
      for (int d = 0; d < asked.draws(); d++) {
        uniforms[r * asked.draws() + d] = row.uniform(d);
      }
    }
    float temperature = (float) method.spec().temperature();
    SeenIds seen =
        penalty == 1
            ? SeenIds.NONE
            : new SeenIds(penalty, rows.stream().map(DecodeRow::seen).toArray(int[][]::new));
    return new StepInput(
        n,
        k,
        ids,
        weights,
        positions,
        temperature,
        asked,
        uniforms,
        maximum,
        noise(rows),
        runs,
        seen);
  }

  private StepNoise noise(List<DecodeRow> rows) {
    if (noiseScale == 0) {
      return StepNoise.NONE;
    }
    float[] fed = new float[rows.size() * hidden];
    float[] drawn = new float[rows.size() * hidden];
    boolean any = false;
    for (int r = 0; r < rows.size(); r++) {
      any |= rows.get(r).noise(noiseScale, fed, drawn, r * hidden, hidden);
    }
    return any ? new StepNoise(noiseScale, fed, drawn) : StepNoise.NONE;
  }

  /** The method's request, with what greedy sequences need. */
  private CandidateRequest request(List<DecodeRow> rows) {
    boolean greedy = rows.stream().anyMatch(DecodeRow::greedy);
    return greedy && request.top() == 0 ? request.withTop(1) : request;
  }
}
