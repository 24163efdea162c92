package io.amalgam.actors.cluster;

import io.amalgam.actors.generator.GroupSampler;
import io.amalgam.actors.generator.SamplerSource;
import io.amalgam.policy.decode.DecodeStatistics;
import io.amalgam.policy.decode.GroupRequest;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.rollout.TrajectoryKey;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The parts of a run, with a note of what its samplers decode with. */
final class WatchedParts extends ForwardedParts {
  private final Map<Long, ModelWeights> weights;

  /**
   * @param weights what was decoded with, by version
   */
  WatchedParts(RunParts parts, Map<Long, ModelWeights> weights) {
    super(parts);
    this.weights = weights;
  }

  @Override
  public SamplerSource samplers(String device) {
    SamplerSource source = super.samplers(device);
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
}
