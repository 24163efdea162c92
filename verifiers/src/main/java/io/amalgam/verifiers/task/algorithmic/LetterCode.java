package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A letter for every digit that occurs in some numbers. */
final class LetterCode {
  private static final List<String> ALPHABET =
      IntStream.rangeClosed('A', 'Z').mapToObj(Character::toString).toList();
  private static final int DIGITS = 10;

  /** The digits that occur, in the order in which they were given letters. */
  private final List<Integer> digits;

  /** The letter of every digit at the digit's place, nothing for a digit that does not occur. */
  private final String[] letters = new String[DIGITS];

  private LetterCode(List<Integer> digits, List<String> alphabet) {
    this.digits = digits;
    Arrays.fill(letters, "");
    for (int i = 0; i < digits.size(); i++) {
      letters[digits.get(i)] = alphabet.get(i);
    }
  }

  /** Draws letters for the digits of non-negative numbers. */
  static LetterCode draw(PythonRandom random, int[] numbers, int sum) {
    boolean[] occurs = new boolean[DIGITS];
    for (int number : numbers) {
      mark(occurs, number);
    }
    mark(occurs, sum);
    List<Integer> digits = new ArrayList<>(DIGITS);
    for (int digit = 0; digit < DIGITS; digit++) {
      if (occurs[digit]) {
        digits.add(digit);
      }
    }
    random.shuffle(digits);
    List<String> alphabet = new ArrayList<>(ALPHABET);
    random.shuffle(alphabet);
    return new LetterCode(digits, alphabet);
  }

  private static void mark(boolean[] occurs, int number) {
    int left = number;
    do {
      occurs[left % DIGITS] = true;
      left /= DIGITS;
    } while (left > 0);
  }

  /** A number with its digits replaced. */
  String spelled(int number) {
    String written = Integer.toString(number);
    StringBuilder word = new StringBuilder(written.length());
    for (int i = 0; i < written.length(); i++) {
      word.append(letters[written.charAt(i) - '0']);
    }
    return word.toString();
  }

  /** Adds the letters that are used. */
  void writeLetters(ArrayNode list) {
    digits.forEach(digit -> list.add(letters[digit]));
  }

  /** Adds the letter of every digit. */
  void writeDigitToLetter(ObjectNode map) {
    digits.forEach(digit -> map.put(digit.toString(), letters[digit]));
  }

  /** Adds the digit of every letter. */
  void writeLetterToDigit(ObjectNode map) {
    digits.forEach(digit -> map.put(letters[digit], digit.intValue()));
  }

  /** What every letter stands for, in alphabetical order: {@code A=1,B=2}. */
  String solution() {
    List<Integer> alphabetical = new ArrayList<>(digits);
    alphabetical.sort((left, right) -> letters[left].compareTo(letters[right]));
    StringBuilder text = new StringBuilder();
    for (int digit : alphabetical) {
      text.append(text.length() == 0 ? "" : ",").append(letters[digit]).append('=').append(digit);
    }
    return text.toString();
  }
}
