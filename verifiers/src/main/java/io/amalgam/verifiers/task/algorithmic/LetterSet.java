package io.amalgam.verifiers.task.algorithmic;

import io.amalgam.verifiers.python.PythonSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The lower-case letters as a Python set, whose order decides what is drawn. It is that of the
 * process that made the recorded samples ({@code PYTHONHASHSEED=0}).
 */
final class LetterSet {
  /** The set; not to be changed. */
  static final PythonSet<String> ALL =
      PythonSet.of(IntStream.rangeClosed('a', 'z').mapToObj(Character::toString).toList());

  /** The letters in the set's order. */
  static final List<String> ORDER = List.copyOf(ALL.toList());

  private LetterSet() {}

  /** The letters without one, in the order of the remaining set. */
  static List<String> without(String letter) {
    return ALL.difference(PythonSet.of(List.of(letter))).toList();
  }
}
