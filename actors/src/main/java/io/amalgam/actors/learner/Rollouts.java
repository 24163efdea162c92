package io.amalgam.actors.learner;

import io.amalgam.policy.rollout.RolloutWriter;
import io.amalgam.policy.rollout.TrajectoryCodec;
import io.amalgam.proto.RolloutRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Keeps the trajectories of every step: {@code rollouts/step-000123.pb.zst}. */
final class Rollouts {
  private final Path directory;

  Rollouts(Path runDir) {
    this.directory = runDir.resolve("rollouts");
  }

  /**
   * Writes a step's file; one that a resume made obsolete is replaced.
   *
   * @param advantages per group, one for each scored member
   */
  Path write(int step, List<FinishedGroup> batch, List<double[]> advantages) {
    Path file = directory.resolve(String.format(Locale.ROOT, "step-%06d.pb.zst", step));
    try {
      Files.createDirectories(directory);
      Files.deleteIfExists(file);
      try (RolloutWriter out = new RolloutWriter(file)) {
        for (int g = 0; g < batch.size(); g++) {
          int scored = 0;
          for (MemberResult m : batch.get(g).members()) {
            double advantage = m.scored().isPresent() ? advantages.get(g)[scored++] : 0;
            out.write(record(step, m, advantage));
          }
        }
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the rollouts of step " + step, e);
    }
  }

  private static RolloutRecord record(int step, MemberResult m, double advantage) {
    RolloutRecord.Builder out =
        RolloutRecord.newBuilder()
            .setTrajectory(TrajectoryCodec.toData(m.trajectory()))
            .setTask(m.task())
            .setStep(step)
            .setText(m.completion());
    if (m.judgement() instanceof Judgement.Scored s) {
      out.setVerdict("scored").setReward(s.reward()).setAdvantage(advantage);
    } else if (m.judgement() instanceof Judgement.Masked x) {
      out.setVerdict(
          x.verdict().equals("TimedOut") ? "timed-out" : x.verdict().toLowerCase(Locale.ROOT));
    }
    return out.build();
  }
}
