package io.amalgam.policy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.amalgam.policy.ResidentMemory;
import io.amalgam.policy.decode.DecodeBatch;
import io.amalgam.policy.decode.DecodeMode;
import io.amalgam.policy.decode.GroupRequest;
import io.amalgam.policy.decode.LoadedPolicy;
import io.amalgam.policy.decode.TinyModel;
import io.amalgam.policy.kernel.AdamWSettings;
import io.amalgam.policy.kernel.ComputeFormat;
import io.amalgam.policy.kernel.ComputeSettings;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.kernel.TrainableModel;
import io.amalgam.policy.mixture.PhaseSettings;
import io.amalgam.policy.rollout.Trajectory;
import io.amalgam.policy.train.loss.LossCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A thousand steps of sampling, training and swapping leave the process no larger. */
class StepMemoryTest {
  private static final int WARM = 100;
  private static final int STEPS = 1000;

  @Test
  @Tag("slow")
  void residentMemoryDoesNotGrow() throws IOException {
    assumeTrue(ResidentMemory.isKnown(), "resident memory can be read on Linux only");
    Path model = Path.of(System.getProperty("amalgam.repository", "..")).resolve("models/seedling");
    ComputeSettings compute = new ComputeSettings(1, ComputeFormat.F32, "cpu");
    Random random = new Random(1);
    try (LoadedPolicy policy = LoadedPolicy.open(model);
        GenerationModel sampler = GenerationModel.load(policy.config(), policy.weights(), compute);
        TrainableModel learner =
            TrainableModel.load(policy.config(), policy.weights(), compute, true);
        DecodeBatch batch =
            new DecodeBatch(
                sampler,
                policy
                    .decodeSettings(
                        TinyModel.spec("multiplex", 2), 12, 192, PhaseSettings.usual(), true)
                    .within(
                        12
                            * 192
                            * GenerationModel.cacheBytesPerPosition(
                                sampler.config(), sampler.format()),
                        64),
                0)) {
      Replay replay =
          new Replay(
              learner, LossCatalog.create("grpo", Map.of()), new ReplaySettings(512, false, true));
      List<ReplaySample> samples = new ArrayList<>();
      long warm = 0;
      long ordinal = 0;
      for (int step = 1; step <= STEPS; step++) {
        while (samples.size() < 4) {
          while (batch.freeSlots() >= 4) {
            int[] prompt =
                random.ints(4 + random.nextInt(60), 0, policy.config().vocabSize()).toArray();
            batch.admit(
                new GroupRequest(
                    "run",
                    1,
                    ordinal++,
                    0,
                    prompt,
                    0,
                    4,
                    DecodeMode.MIXTURE,
                    4 + random.nextInt(28)));
          }
          for (Trajectory t : batch.step()) {
            samples.add(new ReplaySample(t, t.representatives()[0] % 2 == 0 ? 1 : -1));
          }
        }
        replay.train(samples, new AdamWSettings(1e-5, 0.9, 0.99, 1e-8, 0, 1), step - 1);
        samples.clear();
        batch.swapWeights(learner.published(), step);
        if (step == WARM) {
          warm = ResidentMemory.bytes();
        }
      }
      long end = ResidentMemory.bytes();
      System.out.printf(
          "resident memory after %d steps: %d MiB, after %d: %d MiB (%d groups, %d tokens)%n",
          WARM, warm >> 20, STEPS, end >> 20, ordinal, batch.statistics().tokens());
      assertThat(end).isLessThan(warm + warm / 20 + (32L << 20));
    }
  }
}
