package io.amalgam.actors.cluster;

import io.amalgam.actors.generator.ComputePermit;
import io.amalgam.actors.generator.PromptCodec;
import io.amalgam.actors.generator.SamplerSource;
import io.amalgam.actors.learner.PolicyTrainer;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.verifiers.reward.RewardRule;
import io.amalgam.verifiers.task.TaskMix;

/** The parts of another run; what a test wants otherwise it overrides. */
abstract class ForwardedParts implements RunParts {
  private final RunParts parts;

  ForwardedParts(RunParts parts) {
    this.parts = parts;
  }

  @Override
  public SamplerSource samplers(String device) {
    return parts.samplers(device);
  }

  @Override
  public TaskMix mix() {
    return parts.mix();
  }

  @Override
  public PromptCodec prompts() {
    return parts.prompts();
  }

  @Override
  public int maxPrompt() {
    return parts.maxPrompt();
  }

  @Override
  public ModelWeights completed(ModelWeights published) {
    return parts.completed(published);
  }

  @Override
  public PolicyTrainer trainer(ComputePermit permit) {
    return parts.trainer(permit);
  }

  @Override
  public int threads() {
    return parts.threads();
  }

  @Override
  public RewardRule reward() {
    return parts.reward();
  }

  @Override
  public void close() {
    parts.close();
  }
}
