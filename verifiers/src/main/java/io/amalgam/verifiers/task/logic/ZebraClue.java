package io.amalgam.verifiers.task.logic;

import java.util.List;
import java.util.Locale;

/**
 * A clue about one or two traits of a zebra puzzle.
 *
 * @param first the number of a trait
 * @param second the number of another trait, or the house for {@link Kind#FOUND_AT}
 * @param text the sentence; two clues of a puzzle never have the same
 */
record ZebraClue(Kind kind, int first, int second, String text) {
  private static final List<String> ORDINALS =
      List.of("first", "second", "third", "fourth", "fifth", "sixth", "seventh");

  /** The kinds of clues; the weight is how readily a clue is left out. */
  enum Kind {
    FOUND_AT(0.75),
    SAME_HOUSE(0.75),
    DIRECTLY_LEFT(1),
    BESIDE(1.2);

    private final double weight;

    Kind(double weight) {
      this.weight = weight;
    }

    double weight() {
      return weight;
    }
  }

  static ZebraClue foundAt(int trait, String phrase, int house) {
    return new ZebraClue(
        Kind.FOUND_AT,
        trait,
        house,
        capitalized(phrase + " is in the " + ORDINALS.get(house) + " house."));
  }

  static ZebraClue sameHouse(int first, String firstPhrase, int second, String secondPhrase) {
    return new ZebraClue(
        Kind.SAME_HOUSE, first, second, capitalized(firstPhrase + " is " + secondPhrase + "."));
  }

  static ZebraClue directlyLeft(int left, String leftPhrase, int right, String rightPhrase) {
    return new ZebraClue(
        Kind.DIRECTLY_LEFT,
        left,
        right,
        capitalized(leftPhrase + " is directly left of " + rightPhrase + "."));
  }

  static ZebraClue beside(int first, String firstPhrase, int second, String secondPhrase) {
    return new ZebraClue(
        Kind.BESIDE,
        first,
        second,
        capitalized(firstPhrase + " and " + secondPhrase + " are next to each other."));
  }

  private static String capitalized(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }
}
