package io.amalgam.actors.cluster;

import io.amalgam.actors.generator.ComputePermit;
import io.amalgam.actors.generator.PromptCodec;
import io.amalgam.actors.generator.SamplerSource;
import io.amalgam.actors.learner.PolicyTrainer;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.verifiers.reward.RewardRule;
import io.amalgam.verifiers.task.TaskMix;

/** What the roles compute with: tasks, prompts, samplers and the trainer of a run. */
interface RunParts extends AutoCloseable {
  /** The tasks. */
  TaskMix mix();

  /** Prompts and completions. */
  PromptCodec prompts();

  /** Longest prompt that leaves room for an answer. */
  int maxPrompt();

  /** The sampler of a device. */
  SamplerSource samplers(String device);

  /** The weights to decode with, from what the learner publishes: a whole model or an adapter. */
  default ModelWeights completed(ModelWeights published) {
    return published;
  }

  /** The policy to be trained, with the weights of the model directory. */
  PolicyTrainer trainer(ComputePermit permit);

  /** Operator threads of one computation of a generator or the learner. */
  int threads();

  /** What a score is worth. */
  RewardRule reward();

  @Override
  void close();
}
