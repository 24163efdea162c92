package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether a note can be cut out of the letters of a magazine. */
public final class RansomNote extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("ransom_note", "algorithmic")
          .integer("min_note_length", 1)
          .integer("max_note_length", 10)
          .integer("min_magazine_length", 2)
          .integer("max_magazine_length", 30)
          .number("p_solvable", 0.5)
          .madeBy(RansomNote::new);

  private final Config config;

  private RansomNote(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(SizeRange note, SizeRange magazine, double solvableShare) {
    static Config of(FieldValues values) {
      SizeRange note =
          SizeRange.of(values, "min_note_length", "max_note_length", 1, SizeRange.MAX_LENGTH);
      SizeRange magazine =
          SizeRange.of(
              values, "min_magazine_length", "max_magazine_length", 2, SizeRange.MAX_LENGTH);
      values.require(
          note.high() < magazine.high(),
          "max_note_length",
          "less than max_magazine_length (" + magazine.high() + ")");
      return new Config(note, magazine, values.fraction("p_solvable", 0, 1));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int noteLength = config.note.draw(random);
    int magazineLength =
        random.randint(Math.max(noteLength, config.magazine.low()), config.magazine.high());
    boolean solvable = random.random() < config.solvableShare;
    List<String> noteLetters = new ArrayList<>();
    for (int i = 0; i < noteLength; i++) {
      noteLetters.add(random.choice(LetterSet.ORDER));
    }
    List<String> magazineLetters = new ArrayList<>(noteLetters);
    List<String> filling = LetterSet.ORDER;
    if (!solvable) {
      String missing = random.choice(magazineLetters);
      magazineLetters.remove(missing);
      filling = LetterSet.without(missing);
    }
    while (magazineLetters.size() < magazineLength) {
      magazineLetters.add(random.choice(filling));
    }
    random.shuffle(noteLetters);
    random.shuffle(magazineLetters);
    boolean possible = covers(magazineLetters, noteLetters);
    String note = String.join("", noteLetters);
    String magazine = String.join("", magazineLetters);
    ObjectNode metadata = metadata(index).put("ransom_note", note).put("magazine", magazine);
    metadata.put("solution", possible).put("solvable", solvable);
    metadata.put("note_length", noteLength).put("magazine_length", magazineLength);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("note_length", config.note.json());
    difficulty.set("magazine_length", config.magazine.json());
    String question =
        """
        Given two strings representing a ransom note and a magazine, return True if you can construct the ransom note using the letters in the magazine, and False otherwise.

        Each letter in the magazine string can only be used once in your ransom note.

        Ransom note: %s
        Magazine: %s
        """
            .formatted(note, magazine);
    return problem(index, question, possible ? "True" : "False", metadata);
  }

  private static boolean covers(List<String> magazine, List<String> note) {
    Map<String, Integer> left = new HashMap<>();
    magazine.forEach(letter -> left.merge(letter, 1, Integer::sum));
    return note.stream().allMatch(letter -> left.merge(letter, -1, Integer::sum) >= 0);
  }
}
