package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonCase;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import java.util.List;

/** How often a letter occurs in some successive words of a story. */
public final class LetterCounting extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("letter_counting", "algorithmic")
          .integer("min_words", 5)
          .integer("max_words", 15)
          .data(StoryText.FILE)
          .madeBy(LetterCounting::new);

  private final SizeRange counts;
  private final List<String> words;

  private LetterCounting(TaskSetup setup) {
    super(setup);
    counts = SizeRange.of(setup.values(), "min_words", "max_words", 1, SizeRange.MAX_LENGTH);
    words = StoryText.of(data()).alphanumericWords();
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int length = Math.min(counts.draw(random), words.size());
    int start = random.randint(0, words.size() - length);
    List<String> span = words.subList(start, start + length);
    String lower = PythonCase.lower(String.join("", span));
    List<Integer> letters = lower.codePoints().distinct().sorted().boxed().toList();
    int letter = random.choice(letters);
    String shown = Character.toString(letter);
    ObjectNode metadata = metadata(index);
    metadata.put("span_length", length).put("target_letter", shown);
    ArrayNode spanNode = metadata.putArray("span");
    span.forEach(spanNode::add);
    metadata.putObject("difficulty").set("words", counts.json());
    String question =
        "How many times does the letter \""
            + shown
            + "\" appear in the text: \""
            + String.join(" ", span)
            + "\"?";
    long count = lower.codePoints().filter(c -> c == letter).count();
    return problem(index, question, Long.toString(count), metadata);
  }
}
