package io.amalgam.verifiers.reward;

import io.amalgam.verifiers.answer.CompletionFormat;
import io.amalgam.verifiers.python.PythonText;
import io.amalgam.verifiers.task.Verdict;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The parts that a reward can be put together from, by name. */
public final class RewardParts {
  /** From here on an answer is correct. */
  private static final double CORRECT = 1 - 1e-6;

  private static final double COSINE_LENGTH = 1000;
  private static final double OUTPUT_LENGTH = 1024;

  private static final SortedMap<String, RewardPart> ALL = all();

  private RewardParts() {}

  private static SortedMap<String, RewardPart> all() {
    SortedMap<String, RewardPart> parts = new TreeMap<>();
    parts.put("score", (verdict, completion) -> verdict.score());
    parts.put("format", (verdict, completion) -> CompletionFormat.holds(completion) ? 1 : 0);
    parts.put("blocks", (verdict, completion) -> TaggedBlocks.hold(completion) ? 1 : 0);
    parts.put("length", RewardParts::length);
    parts.put("cosine", RewardParts::cosine);
    parts.put("authors-format", (verdict, completion) -> AuthorsForm.ends(completion) ? 1 : 0);
    parts.put("authors-words", (verdict, completion) -> AuthorsForm.wordy(completion) ? 1 : 0);
    parts.put("authors-tags", (verdict, completion) -> AuthorsForm.tags(completion));
    return Collections.unmodifiableSortedMap(parts);
  }

  /** The names of all parts. */
  public static SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(ALL.keySet()));
  }

  /** The part of a name. */
  public static Optional<RewardPart> named(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /**
   * Reasoning-Gym's length reward: a wrong answer earns its missing score times the share of 1,024
   * characters that were used, a right one loses that share.
   */
  private static double length(Verdict.Scored verdict, String completion) {
    double progress = Math.min(PythonText.length(completion) / OUTPUT_LENGTH, 1);
    return verdict.score() < CORRECT ? (1 - verdict.score()) * progress : -progress;
  }

  /**
   * Reasoning-Gym's cosine reward over the number of characters, period 2,000: from 1 down to 0.5
   * for a right answer, from −1 up to −0.5 for a wrong one.
   */
  private static double cosine(Verdict.Scored verdict, String completion) {
    double cosine = Math.cos(PythonText.length(completion) / COSINE_LENGTH * Math.PI);
    boolean correct = verdict.score() >= CORRECT;
    double atEnd = correct ? 0.5 : -0.5;
    double atStart = correct ? 1.0 : -1.0;
    return atEnd + 0.5 * (atStart - atEnd) * (1 + cosine);
  }
}
