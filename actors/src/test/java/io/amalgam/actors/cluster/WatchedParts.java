package io.amalgam.actors.cluster;

import io.amalgam.actors.generator.ComputePermit;
import io.amalgam.actors.generator.GroupSampler;
import io.amalgam.actors.generator.PromptCodec;
import io.amalgam.actors.generator.SamplerSource;
import io.amalgam.actors.learner.PolicyTrainer;
import io.amalgam.policy.decode.DecodeStatistics;
import io.amalgam.policy.decode.GroupRequest;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.rollout.TrajectoryKey;
import io.amalgam.verifiers.reward.RewardRule;
import io.amalgam.verifiers.task.TaskMix;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The parts of a run, with a note of what its samplers decode with.
 *
 * @param weights by version
 */
record WatchedParts(RunParts parts, Map<Long, ModelWeights> weights) implements RunParts {
  @Override
  public SamplerSource samplers(String device) {
    SamplerSource source = parts.samplers(device);
    return (first, version) -> {
      weights.put(version, first);
      return new Watched(source.create(first, version), weights);
    };
  }

  private record Watched(GroupSampler sampler, Map<Long, ModelWeights> seen)
      implements GroupSampler {
    @Override
    public void swapWeights(ModelWeights weights, long version) {
      seen.put(version, weights);
      sampler.swapWeights(weights, version);
    }

    @Override
    public int freeSlots() {
      return sampler.freeSlots();
    }

    @Override
    public int running() {
      return sampler.running();
    }

    @Override
    public void admit(GroupRequest request) {
      sampler.admit(request);
    }

    @Override
    public List<Trajectory> step() {
      return sampler.step();
    }

    @Override
    public int cancel(Predicate<TrajectoryKey> which) {
      return sampler.cancel(which);
    }

    @Override
    public DecodeStatistics statistics() {
      return sampler.statistics();
    }

    @Override
    public void close() {
      sampler.close();
    }
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
