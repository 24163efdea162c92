package io.amalgam.actors.settings;

import io.amalgam.policy.model.lora.LoraSpec;
import io.amalgam.policy.model.lora.LoraTarget;
import io.amalgam.policy.model.lora.PeftDirectory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads {@code learner.lora} and {@code model.adapter}. */
final class LoraSettings {
  /** The word that means every target. */
  private static final String ALL_LINEAR = "all-linear";

  private static final int MAX_RANK = 1 << 14;

  private LoraSettings() {}

  static RunSettings.Lora read(SettingsReader in) {
    int rank = in.whole("learner.lora.rank", 0, MAX_RANK);
    double alpha = in.within("learner.lora.alpha", 0, 1e6);
    Set<LoraTarget> targets = EnumSet.noneOf(LoraTarget.class);
    for (String name : in.texts("learner.lora.targets", words(), false)) {
      targets.addAll(
          name.equals(ALL_LINEAR)
              ? EnumSet.allOf(LoraTarget.class)
              : EnumSet.of(LoraTarget.ofModule(name)));
    }
    boolean rankStabilised = in.flag("learner.lora.rslora");
    Optional<LoraSpec> spec =
        rank == 0
            ? Optional.empty()
            : Optional.of(
                new LoraSpec(rank, alpha > 0 ? alpha : 2 * rank, targets, rankStabilised));
    return new RunSettings.Lora(spec, in.seed("learner.lora.seed"));
  }

  /** What an adapter can attach to. */
  private static List<String> words() {
    return Stream.concat(
            Stream.of(ALL_LINEAR), Arrays.stream(LoraTarget.values()).map(LoraTarget::module))
        .toList();
  }

  /** The directory of {@code model.adapter}, which must hold an adapter. */
  static Optional<Path> adapter(SettingsReader in) {
    String dir = in.text("model.adapter");
    if (dir.isEmpty()) {
      return Optional.empty();
    }
    if (!PeftDirectory.is(Path.of(dir))) {
      throw in.wrong(
          "model.adapter",
          "holds no adapter_config.json",
          "give a directory that peft or export --adapter has written, or \"\"");
    }
    return Optional.of(Path.of(dir));
  }
}
