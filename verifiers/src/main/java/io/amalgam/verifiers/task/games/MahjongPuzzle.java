package io.amalgam.verifiers.task.games;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import java.util.ArrayList;
import java.util.List;

/**
 * What the last of many added letter cards makes of a hand: three alike, three in a row or none.
 */
public final class MahjongPuzzle extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("mahjong_puzzle", "games")
          .integer("min_num_rounds", 10)
          .integer("max_num_rounds", 50)
          .madeBy(MahjongPuzzle::new);

  private static final int CARDS = 13;
  private static final int MOST_ROUNDS = 1_000_000;
  private static final String PENG = "Peng";
  private static final String CHI = "Chi";
  private static final String PASS = "Pass";
  private static final List<String> RESULTS = List.of(PENG, CHI, PASS);

  private static final List<Character> LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZ".chars().mapToObj(c -> (char) c).toList();

  private static final String QUESTION =
      """
      There are several letter cards, and the game rules are as follows:
      1. Initially, there are 13 cards.
      2. Each time, a new card is added, and a result is determined. Then, one card is removed.
      3. When there are two identical cards in hand, and the newly added card is the same as these two cards, the result is determined as "Peng".
      4. If there are two cards in hand such that the new card can form a consecutive letter sequence with these two cards, the result is determined as "Chi". For example: ABC, BCD, CDE, etc.
      5. If the new card does not meet the conditions of 3 and 4, the result is determined as "Pass".
      6. "Peng" takes precedence over "Chi".
      7. The card that is removed does not affect the result determination of the current round.

      Your output should be one of the following: "Peng", "Chi", or "Pass" (without quotes).

      Now, given the initial cards {cards}, what is the result at the end of performing the following rounds of operations:
      {operations}
      """;

  private final int minRounds;
  private final int maxRounds;

  private MahjongPuzzle(TaskSetup setup) {
    super(setup);
    FieldValues values = setup.values();
    minRounds = values.count("min_num_rounds", 1, MOST_ROUNDS);
    values.requireAtLeast("max_num_rounds", "min_num_rounds");
    maxRounds = values.count("max_num_rounds", 1, MOST_ROUNDS);
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    List<Character> pool = new ArrayList<>(LETTERS);
    pool.addAll(LETTERS);
    List<Character> hand = new ArrayList<>(random.sample(pool, CARDS));
    String initial = text(hand);
    int count = random.randint(minRounds, maxRounds);
    ObjectNode metadata = metadata(index);
    ArrayNode rounds = metadata.putArray("rounds");
    List<String> operations = new ArrayList<>();
    String result = PASS;
    for (int round = 1; round <= count; round++) {
      result = random.choice(RESULTS);
      List<Character> candidates = candidates(hand, result);
      if (candidates.isEmpty()) {
        // The original then adds any card and says "Pass", even where it makes a set.
        result = PASS;
        candidates = LETTERS;
      }
      char added = random.choice(candidates);
      char removed = random.choice(hand);
      hand.remove((Character) removed);
      hand.add(added);
      rounds
          .addObject()
          .put("add", String.valueOf(added))
          .put("remove", String.valueOf(removed))
          .put("cards", text(hand))
          .put("result", result);
      operations.add(
          "Round " + round + ": Add " + card(added) + " and remove " + card(removed) + ".");
    }
    metadata.put("solution", result);
    metadata.putObject("difficulty").set("num_rounds", JsonValues.range(minRounds, maxRounds));
    String question =
        QUESTION.replace("{cards}", initial).replace("{operations}", String.join("\n", operations));
    return problem(index, question, result, metadata);
  }

  private static String text(List<Character> cards) {
    StringBuilder text = new StringBuilder(cards.size());
    cards.forEach(text::append);
    return text.toString();
  }

  private static String card(char letter) {
    return ("AEIOU".indexOf(letter) < 0 ? "a " : "an ") + letter + " card";
  }

  /** The letters that bring about a result. */
  private static List<Character> candidates(List<Character> hand, String result) {
    if (result.equals(PASS)) {
      return LETTERS;
    }
    int[] counts = new int[LETTERS.size()];
    hand.forEach(card -> counts[card - 'A']++);
    List<Character> candidates = new ArrayList<>();
    for (int letter = 0; letter < counts.length; letter++) {
      if (result.equals(PENG) ? counts[letter] >= 2 : makesThreeInRow(counts, letter)) {
        candidates.add(LETTERS.get(letter));
      }
    }
    return candidates;
  }

  /**
   * Whether a hand has three in a row with a further letter. As in the original, a middle card that
   * is there twice interrupts the row.
   */
  private static boolean makesThreeInRow(int[] counts, int letter) {
    for (int first = Math.max(0, letter - 2);
        first <= letter && first + 2 < counts.length;
        first++) {
      int middle = first + 1;
      int last = first + 2;
      if ((counts[first] > 0 || first == letter)
          && counts[middle] + (middle == letter ? 1 : 0) == 1
          && (counts[last] > 0 || last == letter)) {
        return true;
      }
    }
    return false;
  }
}
