package io.amalgam.actors.settings;

import io.amalgam.policy.mixture.PhaseSettings;
import io.amalgam.verifiers.answer.SystemPrompts;
import io.amalgam.verifiers.task.NearestName;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The words that settings with a fixed choice take, in the order of {@code reference.conf}. */
final class Choices {
  static final List<String> PROMPTS = List.of("auto", "chat");
  static final List<String> CACHE_ON_SWAP = List.of("rebuild", "keep");
  static final List<String> STOP_RULES = PhaseSettings.words(PhaseSettings.Rule.class);
  static final List<String> FAILURE_ACTIONS = List.of("mask", "resample", "zero");
  static final List<String> SAMPLINGS = List.of("weights", "learnability");
  static final List<String> ANSWERS = List.of("last-tag", "authors");
  static final List<String> LOCKS = PhaseSettings.words(PhaseSettings.Lock.class);
  static final List<String> CHANNELS = List.of("auto", "local", "socket");
  static final List<String> EVAL_MODES = List.of("mixture", "discrete", "greedy");
  static final List<String> SCHEDULES = List.of("linear", "cosine", "constant");
  static final List<String> STATE_FORMATS = List.of("f32", "bf16");
  static final List<String> FORMATS = List.of("auto", "f32", "bf16");

  private Choices() {}

  /** The word that a reference which is neither a word nor a directory was probably meant to be. */
  static Optional<String> meantReference(String reference) {
    List<String> words = List.of(RunSettings.Kl.START, RunSettings.Kl.NONE);
    return words.contains(reference) || Files.isDirectory(ModelLocation.resolve(reference))
        ? Optional.empty()
        : NearestName.nearest(reference, words);
  }

  /** No system prompt, or one of the named ones. */
  static List<String> systemPrompts() {
    return Stream.concat(Stream.of("none"), SystemPrompts.names().stream()).toList();
  }
}
