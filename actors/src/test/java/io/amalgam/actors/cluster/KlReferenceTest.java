package io.amalgam.actors.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amalgam.actors.learner.KlReference;
import io.amalgam.actors.settings.RunSettings;
import io.amalgam.actors.settings.SettingsException;
import io.amalgam.policy.kernel.ComputeFormat;
import io.amalgam.policy.kernel.ComputeSettings;
import io.amalgam.policy.kernel.ReferenceModel;
import io.amalgam.policy.model.Family;
import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.model.ModelConfig;
import io.amalgam.policy.model.RandomInit;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which model the KL term is measured from, and which are refused. */
class KlReferenceTest {
  @TempDir static Path directory;

  private static final ModelConfig POLICY =
      ModelConfig.of(Family.QWEN2, 50, 16, 32, 2, 2, 1, true, 64);
  private static final ComputeSettings COMPUTE = new ComputeSettings(1, ComputeFormat.F32, "cpu");

  @BeforeAll
  static void makeModels() {
    save("policy", POLICY);
    save("deeper", ModelConfig.of(Family.QWEN2, 50, 24, 32, 3, 2, 1, true, 64));
    save("wider", ModelConfig.of(Family.QWEN2, 51, 16, 32, 2, 2, 1, true, 64));
  }

  private static void save(String name, ModelConfig config) {
    HuggingFaceDirectory.save(
        directory.resolve(name),
        config,
        RandomInit.weights(config, 1),
        List.of(1),
        Optional.empty());
  }

  private static RunSettings settings(double coefficient, String reference) {
    return TinyModel.with(
        TinyModel.settings(directory.resolve("policy"), 1, 0),
        new RunSettings.Kl(coefficient, "exact", reference));
  }

  private static String path(String name) {
    return directory.resolve(name).toString();
  }

  @Test
  void startIsTheModelOfTheRun() {
    assertThat(KlReference.require(settings(.1, "start"), POLICY))
        .contains(directory.resolve("policy"));
    ReferenceModel loaded = KlReference.load(settings(.1, "start"), POLICY, COMPUTE).orElseThrow();
    assertThat(loaded.config().layers()).isEqualTo(2);
    loaded.close();
  }

  @Test
  void anotherShapeIsPossible() {
    ReferenceModel loaded =
        KlReference.load(settings(.1, path("deeper")), POLICY, COMPUTE).orElseThrow();
    assertThat(loaded.config().layers()).isEqualTo(3);
    loaded.close();
  }

  @Test
  void withoutACoefficientNothingIsLoadedNorLookedFor() {
    assertThat(KlReference.load(settings(0, path("nowhere")), POLICY, COMPUTE)).isEmpty();
    assertThat(KlReference.load(settings(0, "start"), POLICY, COMPUTE)).isEmpty();
  }

  @Test
  void whatCannotServeIsRefusedInOneLine() {
    assertThatThrownBy(() -> KlReference.require(settings(.1, path("wider")), POLICY))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("has 51 tokens, the policy 50")
        .message()
        .doesNotContain("\n");
    assertThatThrownBy(() -> KlReference.require(settings(.1, path("nowhere")), POLICY))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("learner.kl.reference")
        .hasMessageContaining("give start or a Hugging Face directory");
  }
}
