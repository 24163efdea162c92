package io.amalgam.actors.learner;

import io.amalgam.actors.settings.RunSettings;
import io.amalgam.actors.settings.SettingsException;
import io.amalgam.policy.decode.LoadedPolicy;
import io.amalgam.policy.model.lora.LoraAdapter;
import io.amalgam.policy.model.lora.LoraSpec;
import io.amalgam.policy.model.lora.LoraTarget;
import java.util.Optional;
import java.util.stream.Collectors;

/** The adapter that a run with {@code learner.lora} begins with. */
public final class AdapterStart {
  private AdapterStart() {}

  /**
   * That of {@code model.adapter}, or a new one; empty when the whole model is trained.
   *
   * @throws SettingsException if {@code model.adapter} has another shape than {@code learner.lora}
   */
  public static Optional<LoraAdapter> of(RunSettings settings, LoadedPolicy policy) {
    RunSettings.Lora lora = settings.learner().lora();
    return lora.spec()
        .map(
            spec ->
                policy
                    .adapter()
                    .map(given -> continued(given, spec))
                    .orElseGet(() -> LoraAdapter.initial(policy.config(), spec, lora.seed())));
  }

  private static LoraAdapter continued(LoraAdapter given, LoraSpec spec) {
    if (!given.spec().equals(spec)) {
      throw new SettingsException(
          "the model has " + one(given.spec()) + ", learner.lora asks for " + one(spec),
          "give learner.lora the adapter's shape, or take another model.adapter");
    }
    return given;
  }

  private static String one(LoraSpec spec) {
    String targets =
        spec.targets().size() == LoraTarget.values().length
            ? "all-linear"
            : spec.targets().stream().map(LoraTarget::module).collect(Collectors.joining(", "));
    String rule = spec.rankStabilised() ? ", rslora" : "";
    return "an adapter of rank "
        + spec.rank()
        + ", alpha "
        + spec.alpha()
        + rule
        + " on "
        + targets;
  }

  /** What is trained in a few words. */
  public static String text(Optional<LoraSpec> spec) {
    return spec.map(AdapterStart::one).orElse("the whole model");
  }
}
