package io.amalgam.actors.generator;

import io.amalgam.policy.decode.CacheUse;
import io.amalgam.policy.decode.DecodeBatch;
import io.amalgam.policy.decode.DecodeSettings;
import io.amalgam.policy.decode.DecodeStatistics;
import io.amalgam.policy.decode.GroupRequest;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.model.ModelWeights;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.rollout.TrajectoryKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A {@link DecodeBatch} together with the model it decodes with. */
public final class BatchSampler implements GroupSampler {
  private final GenerationModel model;
  private final DecodeBatch batch;

  /** Takes ownership of the model. */
  public BatchSampler(GenerationModel model, DecodeSettings settings, long version) {
    this.model = model;
    this.batch = new DecodeBatch(model, settings, version);
  }

  @Override
  public int freeSlots() {
    return batch.freeSlots();
  }

  @Override
  public int room(GroupRequest request) {
    return batch.room(request);
  }

  @Override
  public Optional<CacheUse> memory() {
    return Optional.of(batch.memory());
  }

  @Override
  public int running() {
    return batch.running();
  }

  @Override
  public void admit(GroupRequest request) {
    batch.admit(request);
  }

  @Override
  public List<Trajectory> step() {
    return batch.step();
  }

  @Override
  public void swapWeights(ModelWeights weights, long version) {
    batch.swapWeights(weights, version);
  }

  @Override
  public int cancel(Predicate<TrajectoryKey> which) {
    return batch.cancel(which);
  }

  @Override
  public DecodeStatistics statistics() {
    return batch.statistics();
  }

  @Override
  public void close() {
    batch.close();
    model.close();
  }
}
