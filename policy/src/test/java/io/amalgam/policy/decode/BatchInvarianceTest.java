package io.amalgam.policy.decode;

import static io.amalgam.policy.decode.TinyModel.group;
import static org.assertj.core.api.Assertions.assertThat;

import io.amalgam.policy.kernel.ComputeFormat;
import io.amalgam.policy.kernel.ComputeSettings;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.mixture.CatalogMethods;
import io.amalgam.policy.mixture.EndMarker;
import io.amalgam.policy.mixture.MethodSpec;
import io.amalgam.policy.mixture.PhasePolicy;
import io.amalgam.policy.model.HuggingFaceDirectory;
import io.amalgam.policy.rollout.Trajectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One sequence alone is the same among 31 others that join and leave while it runs. */
class BatchInvarianceTest {
  private static final int OTHERS = 31;

  /** Averages feed their own weights back: a rounding may double with each of their positions. */
  private static final PhasePolicy PHASES =
      PhasePolicy.until(new EndMarker.Ids(new int[] {7}), 8, 7);

  static List<MethodSpec> methods() {
    return CatalogMethods.defaults(3);
  }

  private static DecodeSettings settings(MethodSpec method, int context) {
    return new DecodeSettings(OTHERS + 1, context, method, PHASES, new int[0], true);
  }

  private static int[] prompt(int length, long seed, int vocabulary) {
    return new Random(seed).ints(length, 0, vocabulary).toArray();
  }

  /** The sequence, while others of all lengths come, end and are cancelled. */
  private static Trajectory among(
      GenerationModel model, DecodeSettings settings, GroupRequest one, long seed) {
    int vocabulary = model.config().vocabSize();
    Random random = new Random(seed);
    int longest = settings.context() / 2;
    try (DecodeBatch batch = new DecodeBatch(model, settings, 0)) {
      List<Trajectory> done = new ArrayList<>();
      for (long ordinal = 100; ; ordinal++) {
        while (batch.running() < OTHERS - 3) {
          int[] prompt = prompt(1 + random.nextInt(longest), ordinal, vocabulary);
          batch.admit(group(ordinal++, 1 + random.nextInt(3), 1 + random.nextInt(longest), prompt));
        }
        if (ordinal > 0 && done.isEmpty() && batch.statistics().steps() == 2) {
          batch.admit(one);
        }
        for (Trajectory t : batch.step()) {
          if (t.key().ordinal() == one.ordinal()) {
            return t;
          }
        }
        if (random.nextInt(5) == 0) {
          List<Long> groups = batch.keys().stream().map(k -> k.ordinal()).toList();
          long which = groups.get(random.nextInt(groups.size()));
          if (which != one.ordinal()) {
            batch.cancel(which);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aSequenceIsTheSameAlone(MethodSpec method) {
    try (GenerationModel model =
        GenerationModel.load(TinyModel.CONFIG, TinyModel.weights(1), TinyModel.compute())) {
      for (int i = 0; i < 3; i++) {
        GroupRequest one = group(i, 1, 70, prompt(3 + 20 * i, i, TinyModel.VOCABULARY));
        Trajectory alone = Runs.decode(model, settings(method, 128), one).get(0);
        Runs.same(among(model, settings(method, 128), one, i), alone);
      }
    }
  }

  @Test
  void divergenceInBf16IsReported() {
    ComputeSettings bf16 = new ComputeSettings(1, ComputeFormat.BF16, "cpu");
    try (GenerationModel model =
        GenerationModel.load(TinyModel.CONFIG, TinyModel.weights(1), bf16)) {
      int diverged = 0;
      int sequences = 0;
      for (MethodSpec method : methods()) {
        diverged += diverged(model, settings(method, 128), 2, 40);
        sequences += 2;
      }
      System.out.println(
          "bf16, tiny model: " + diverged + " of " + sequences + " sequences diverge in a batch");
      assertThat(diverged).isLessThan(sequences);
    }
  }

  /** How many of some sequences have other ids among others than alone. */
  private static int diverged(
      GenerationModel model, DecodeSettings settings, int sequences, int tokens) {
    int diverged = 0;
    for (int i = 0; i < sequences; i++) {
      GroupRequest one = group(i, 1, tokens, prompt(4 + 9 * i, i, model.config().vocabSize()));
      int[] alone = Runs.decode(model, settings, one).get(0).ids();
      diverged += java.util.Arrays.equals(alone, among(model, settings, one, i).ids()) ? 0 : 1;
    }
    return diverged;
  }

  /**
   * The rate of a real model: {@code model directory, format, sequences, tokens}.
   *
   * @param arguments as above
   */
  public static void main(String[] arguments) {
    HuggingFaceDirectory directory = HuggingFaceDirectory.open(Path.of(arguments[0]));
    ComputeFormat format = ComputeFormat.valueOf(arguments[1]);
    int sequences = Integer.parseInt(arguments[2]);
    int tokens = Integer.parseInt(arguments[3]);
    try (GenerationModel model =
        GenerationModel.load(
            directory.config(), directory.weights(), new ComputeSettings(2, format, "cpu"))) {
      for (String name : List.of("discrete", "multiplex")) {
        MethodSpec method = TinyModel.spec(name, name.equals("discrete") ? 1 : 3);
        int diverged = diverged(model, settings(method, 2 * tokens), sequences, tokens);
        System.out.println(
            format
                + " "
                + name
                + ": "
                + diverged
                + " of "
                + sequences
                + " sequences of "
                + tokens
                + " positions diverge among "
                + OTHERS
                + " others");
      }
    }
  }
}
