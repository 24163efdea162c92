package io.amalgam.verifiers.task.algorithmic;

import io.amalgam.verifiers.python.PythonRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Draws palindromes of lower-case letters. */
final class PalindromeLetters {
  private static final List<String> ALPHABET =
      IntStream.rangeClosed('a', 'z').mapToObj(Character::toString).toList();

  private PalindromeLetters() {}

  /** The letters of a palindrome: a drawn half, perhaps a drawn middle, the half reversed. */
  static List<String> draw(PythonRandom random, int length) {
    List<String> half = random.choices(ALPHABET, length / 2);
    List<String> letters = new ArrayList<>(half);
    if (length % 2 == 1) {
      letters.add(random.choice(ALPHABET));
    }
    Collections.reverse(half);
    letters.addAll(half);
    return letters;
  }
}
