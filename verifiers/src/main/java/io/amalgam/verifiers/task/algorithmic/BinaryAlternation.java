package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The fewest swaps that make a string of zeros and ones alternate. */
public final class BinaryAlternation extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("binary_alternation", "algorithmic")
          .integer("min_n", 10)
          .integer("max_n", 30)
          .number("p_solvable", 0.8)
          .madeBy(BinaryAlternation::new);

  private static final int IMPOSSIBLE = -1;

  private final SizeRange length;
  private final double solvableShare;

  private BinaryAlternation(TaskSetup setup) {
    super(setup);
    FieldValues values = setup.values();
    length = SizeRange.of(values, "min_n", "max_n", 1, SizeRange.MAX_LENGTH);
    solvableShare = values.fraction("p_solvable", 0, 1);
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int n = length.draw(random);
    boolean solvable = random.random() < solvableShare;
    String string = string(random, n, solvable);
    int swaps = fewestSwaps(string);
    ObjectNode metadata = metadata(index).put("string", string).put("solution", swaps);
    metadata.put("solvable", solvable).put("n", n);
    metadata.putObject("difficulty").set("n", length.json());
    String question =
        """
        Given a binary string, return the minimum number of character swaps to make it alternating, or -1 if it is impossible.

        The string is called alternating if no two adjacent characters are equal. For example, the strings "010" and "1010" are alternating, while the string "0100" is not.

        Any two characters may be swapped, even if they are not adjacent.

        Now, determine the minimum number of swaps to make the following binary string alternating: %s
        """
            .formatted(string);
    return problem(index, question, Integer.toString(swaps), metadata);
  }

  /** An unsolvable string has two more of one kind, so it is longer than asked for. */
  private static String string(PythonRandom random, int n, boolean solvable) {
    int ones = n / 2;
    int zeros = n / 2;
    boolean odd = n % 2 == 1;
    if (odd || !solvable) {
      int more = (odd ? 1 : 0) + (solvable ? 0 : odd ? 1 : 2);
      if (random.random() < 0.5) {
        ones += more;
      } else {
        zeros += more;
      }
    }
    List<String> characters = new ArrayList<>(Collections.nCopies(ones, "1"));
    characters.addAll(Collections.nCopies(zeros, "0"));
    random.shuffle(characters);
    return String.join("", characters);
  }

  private static int fewestSwaps(String string) {
    int surplus = 0;
    int unlikeOneFirst = 0;
    for (int i = 0; i < string.length(); i++) {
      boolean one = string.charAt(i) == '1';
      surplus += one ? 1 : -1;
      unlikeOneFirst += one == (i % 2 == 0) ? 0 : 1;
    }
    if (Math.abs(surplus) > 1) {
      return IMPOSSIBLE;
    }
    // Each swap mends two places.
    int oneFirst = unlikeOneFirst / 2;
    int zeroFirst = (string.length() - unlikeOneFirst) / 2;
    return surplus > 0 ? oneFirst : surplus < 0 ? zeroFirst : Math.min(oneFirst, zeroFirst);
  }
}
