package io.amalgam.verifiers.task.logic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Decides by truth tables, 64 assignments at a time, whether formulas imply another. */
final class Entailment {
  /** The most steps: formulas' sizes times blocks of 64 assignments. */
  private static final long MOST_STEPS = 1L << 24;

  private static final int MOST_VARIABLES = 30;

  /** The number of variables whose assignments fit one block. */
  private static final int IN_BLOCK = 6;

  private static final long[] PATTERNS = {
    0xaaaaaaaaaaaaaaaaL,
    0xccccccccccccccccL,
    0xf0f0f0f0f0f0f0f0L,
    0xff00ff00ff00ff00L,
    0xffff0000ffff0000L,
    0xffffffff00000000L
  };

  private Entailment() {}

  /** Whether a formula is true whenever all premises are; empty if that takes too long to tell. */
  static Optional<Boolean> holds(List<Proposition> premises, Proposition conclusion) {
    SortedSet<String> names = new TreeSet<>();
    conclusion.collectVariables(names);
    premises.forEach(premise -> premise.collectVariables(names));
    long size = conclusion.size() + premises.stream().mapToLong(Proposition::size).sum();
    if (names.size() > MOST_VARIABLES) {
      return Optional.empty();
    }
    List<String> variables = new ArrayList<>(names);
    long blocks = 1L << Math.max(0, variables.size() - IN_BLOCK);
    if (blocks * size > MOST_STEPS) {
      return Optional.empty();
    }
    Map<String, Long> values = new HashMap<>();
    for (long block = 0; block < blocks; block++) {
      for (int i = 0; i < variables.size(); i++) {
        long value = i < IN_BLOCK ? PATTERNS[i] : -(block >> i - IN_BLOCK & 1);
        values.put(variables.get(i), value);
      }
      // With fewer than six variables the patterns repeat; that does no harm.
      long counterexamples = ~conclusion.value(values);
      for (Proposition premise : premises) {
        counterexamples &= counterexamples == 0 ? 0 : premise.value(values);
      }
      if (counterexamples != 0) {
        return Optional.of(false);
      }
    }
    return Optional.of(true);
  }
}
