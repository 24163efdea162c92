package io.amalgam.actors.cli;

import io.amalgam.actors.cluster.RunLauncher;
import io.amalgam.actors.evaluation.Evaluation;
import io.amalgam.actors.evaluation.EvaluationPlan;
import io.amalgam.actors.evaluation.EvaluationResult;
import io.amalgam.actors.settings.RunSettings;
import io.amalgam.policy.decode.DecodeMode;
import io.amalgam.policy.decode.LoadedPolicy;
import io.amalgam.policy.kernel.ComputeSettings;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.kernel.SamplerPrecision;
import io.amalgam.policy.model.ModelWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Held-out accuracy of weights by a run's own settings. */
final class ReadOut {
  /** Evaluation draws from another seed than training does. */
  private static final long SEED_OFFSET = 0x5eed_0e7a_1L;

  private final RunSettings settings;
  private final LoadedPolicy policy;
  private final Evaluation evaluation;

  ReadOut(RunSettings settings, LoadedPolicy policy) {
    this.settings = settings;
    this.policy = policy;
    RunLauncher.checkMemory(settings, policy);
    int most = policy.config().maxPositions();
    int chosen = settings.model().maxContext();
    this.evaluation =
        new Evaluation(
            policy,
            settings.taskMix(),
            settings.answers(),
            new EvaluationPlan(
                settings.eval().problems(),
                settings.eval().samples(),
                settings.methodSpec(),
                settings.mixture().phases(),
                settings.generator().maxNewTokens(),
                settings.generator().slots(),
                chosen > 0 ? Math.min(chosen, most) : most,
                settings.run().seed() + SEED_OFFSET,
                settings.generator().kvCache(),
                settings.generator().prefillChunk(),
                settings.generator().stopStrings()));
  }

  /** Number of held-out problems. */
  int problems() {
    return evaluation.problems();
  }

  /** All configured modes of one version; nothing when evaluation is switched off. */
  List<EvaluationResult> of(
      ModelWeights weights, long version, Consumer<EvaluationResult> onResult) {
    List<EvaluationResult> results = new ArrayList<>();
    if (settings.eval().problems() == 0 || settings.eval().modes().isEmpty()) {
      return results;
    }
    try (GenerationModel model =
        GenerationModel.load(
            policy.config(), weights, compute(settings, policy.config().parameters()))) {
      for (String mode : settings.eval().modes()) {
        EvaluationResult result =
            evaluation.run(model, DecodeMode.valueOf(mode.toUpperCase(Locale.ROOT)), version);
        results.add(result);
        onResult.accept(result);
      }
    }
    return results;
  }

  /** How the first generator of a run computes, with exact weights. */
  static ComputeSettings compute(RunSettings settings, long parameters) {
    return settings
        .compute()
        .on(
            settings.generator().devices().get(0),
            settings.compute().threadsAlone(),
            parameters,
            SamplerPrecision.EXACT);
  }
}
