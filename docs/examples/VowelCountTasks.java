package example;

import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskProvider;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.List;
import java.util.Optional;

/** A task of one's own for Amalgam: count the vowels of a word that does not exist. */
public final class VowelCountTasks implements TaskProvider {
  private static final TaskFamily FAMILY =
      TaskFamily.named("vowel_count", "examples")
          .integer("min_letters", 4)
          .integer("max_letters", 9)
          .madeBy(VowelCount::new);

  @Override
  public List<TaskFamily> families() {
    return List.of(FAMILY);
  }

  private static final class VowelCount extends ProceduralTask {
    private static final String LETTERS = "aaaeeeiiooubcdfghklmnprst";
    private static final String VOWELS = "aeiou";

    private final int minLetters;
    private final int maxLetters;

    /** Reads the fields and refuses values out of range. */
    VowelCount(TaskSetup setup) {
      super(setup);
      minLetters = setup.values().count("min_letters", 1, 100);
      setup.values().requireAtLeast("max_letters", "min_letters");
      maxLetters = setup.values().count("max_letters", 1, 100);
    }

    /** Draws from the generator it is given and from nothing else: the same index, the same word. */
    @Override
    protected Problem generate(PythonRandom random, int index) {
      int letters = random.randint(minLetters, maxLetters);
      StringBuilder word = new StringBuilder();
      for (int i = 0; i < letters; i++) {
        word.append(LETTERS.charAt(random.randint(0, LETTERS.length() - 1)));
      }
      long vowels = word.chars().filter(c -> VOWELS.indexOf(c) >= 0).count();
      String question = "How many vowels (a, e, i, o, u) are in the word \"" + word + "\"?";
      return problem(
          index,
          question,
          String.valueOf(vowels),
          metadata(index).put("word", word.toString()).put("vowels", vowels));
    }

    /** Half of the credit for a number that is one off; an answer of any text is judged. */
    @Override
    public Verdict score(Problem problem, Optional<String> answer) {
      String text = answer.orElse("").strip();
      if (!text.matches("[0-9]{1,3}")) {
        return Verdict.Scored.of(0);
      }
      long off = Math.abs(Long.parseLong(text) - problem.metadata().get("vowels").longValue());
      return Verdict.Scored.of(off == 0 ? 1 : off == 1 ? 0.5 : 0);
    }
  }
}
