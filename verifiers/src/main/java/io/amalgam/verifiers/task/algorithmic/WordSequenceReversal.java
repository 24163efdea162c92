package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Words of a story to be listed from the last to the first. */
public final class WordSequenceReversal extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("word_sequence_reversal", "algorithmic")
          .integer("min_words", 3)
          .integer("max_words", 8)
          .data(StoryText.FILE)
          .madeBy(WordSequenceReversal::new);

  private static final String QUESTION =
      """
      Solve the following problem.

      Provide you answer as a comma-separated list of words with a space after the comma.

      Reverse this list of words:\s""";

  private final SizeRange counts;
  private final List<String> words;

  private WordSequenceReversal(TaskSetup setup) {
    super(setup);
    counts = SizeRange.of(setup.values(), "min_words", "max_words", 1, SizeRange.MAX_LENGTH);
    words = StoryText.of(data()).alphanumericWords();
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int count = Math.min(counts.draw(random), words.size());
    List<String> drawn = random.sample(words, count);
    List<String> reversed = new ArrayList<>(drawn);
    Collections.reverse(reversed);
    ObjectNode metadata = metadata(index);
    metadata.put("num_words", count);
    ArrayNode list = metadata.putArray("words");
    drawn.forEach(list::add);
    metadata.putObject("difficulty").set("words", counts.json());
    return problem(
        index, QUESTION + String.join(", ", drawn) + "\n", String.join(", ", reversed), metadata);
  }
}
