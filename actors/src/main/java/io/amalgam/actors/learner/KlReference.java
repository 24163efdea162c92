package io.amalgam.actors.learner;

import io.amalgam.actors.settings.ModelLocation;
import io.amalgam.actors.settings.RunSettings;
import io.amalgam.actors.settings.SettingsException;
import io.amalgam.policy.kernel.ComputeSettings;
import io.amalgam.policy.kernel.ReferenceModel;
import io.amalgam.policy.mixture.FeedRule;
import io.amalgam.policy.mixture.MethodCatalog;
import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.PublishedValues;
import io.amalgam.policy.model.lora.AdaptedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The model that {@code learner.kl.reference} names: the weights the run started from, which after
 * {@code resume} are still those of {@code model.path} and not the checkpoint's, or those of
 * another directory.
 */
public final class KlReference {
  private static final String KEY = "learner.kl.reference";

  private KlReference() {}

  /**
   * The directory of the reference, checked to fit the policy; empty with coefficient 0.
   *
   * @throws SettingsException if there is no such directory or its vocabulary differs
   * @throws io.amalgam.policy.model.ModelFormatException if its configuration cannot be read
   */
  public static Optional<Path> require(RunSettings settings, ModelConfig policy) {
    RunSettings.Kl kl = settings.learner().kl();
    if (kl.coefficient() == 0) {
      return Optional.empty();
    }
    String name =
        kl.reference().equals(RunSettings.Kl.START) ? settings.model().path() : kl.reference();
    Path path = AdaptedModel.base(ModelLocation.resolve(name));
    if (!Files.isDirectory(path)) {
      throw new SettingsException(
          KEY + " = \"" + kl.reference() + "\" is no model directory",
          "give start or a Hugging Face directory, or set learner.kl.coefficient to 0");
    }
    ModelConfig config = HuggingFaceDirectory.readConfig(path.resolve("config.json"));
    boolean noised =
        MethodCatalog.create(settings.methodSpec()).feedRule() instanceof FeedRule.Noised;
    if (noised && config.hiddenSize() != policy.hiddenSize()) {
      throw new SettingsException(
          KEY
              + " = \""
              + kl.reference()
              + "\" has "
              + config.hiddenSize()
              + " features, the policy "
              + policy.hiddenSize()
              + ": it cannot be fed the noise of "
              + settings.mixture().method(),
          "give a model with the hidden size of model.path");
    }
    int tokens = config.vocabSize();
    if (tokens != policy.vocabSize()) {
      throw new SettingsException(
          KEY
              + " = \""
              + kl.reference()
              + "\" has "
              + tokens
              + " tokens, the policy "
              + policy.vocabSize(),
          "give a model with the vocabulary of model.path");
    }
    return Optional.of(ModelLocation.resolve(name));
  }

  /** The start of a run includes the adapter it started with. */
  private static HuggingFaceDirectory directory(RunSettings settings, Path path) {
    boolean start = settings.learner().kl().reference().equals(RunSettings.Kl.START);
    return AdaptedModel.open(path, settings.model().adapter().filter(a -> start)).merged();
  }

  /**
   * Loads the reference, rounded to bf16 like every published version; empty with coefficient 0.
   *
   * @param compute with the format of the policy
   */
  public static Optional<ReferenceModel> load(
      RunSettings settings, ModelConfig policy, ComputeSettings compute) {
    return require(settings, policy)
        .map(path -> directory(settings, path))
        .map(
            d ->
                ReferenceModel.load(
                    d.config().forContext(settings.model().maxContext()),
                    PublishedValues.of(d.weights()),
                    compute));
  }
}
