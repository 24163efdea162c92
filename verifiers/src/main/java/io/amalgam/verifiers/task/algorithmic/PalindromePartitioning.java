package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonJson;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** All ways to cut a string into palindromes. */
public final class PalindromePartitioning extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("palindrome_partitioning", "algorithmic")
          .integer("min_string_len", 5)
          .integer("max_string_len", 15)
          .integer("min_substring_palindrome_len", 1)
          .integer("max_substring_palindrome_len", 5)
          .madeBy(PalindromePartitioning::new);

  /** A string with more ways is no sensible problem. */
  private static final int MAX_PARTITIONS = 1_000_000;

  private static final int LONGEST = 2000;

  private final SizeRange length;
  private final SizeRange pieceLength;

  private PalindromePartitioning(TaskSetup setup) {
    super(setup);
    FieldValues values = setup.values();
    length = SizeRange.of(values, "min_string_len", "max_string_len", 1, LONGEST);
    pieceLength =
        SizeRange.of(
            values, "min_substring_palindrome_len", "max_substring_palindrome_len", 1, LONGEST);
    values.requireAtLeast("max_string_len", "max_substring_palindrome_len");
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int count = length.draw(random);
    StringBuilder text = new StringBuilder(count);
    while (text.length() < count) {
      int piece = Math.min(count - text.length(), pieceLength.draw(random));
      PalindromeLetters.draw(random, piece).forEach(text::append);
    }
    String string = text.toString();
    PalindromePartitions search = new PalindromePartitions(string);
    if (search.count() > MAX_PARTITIONS) {
      throw cannotGenerate(index, string + " has more than " + MAX_PARTITIONS + " partitions");
    }
    List<List<String>> partitions = search.all();
    partitions.sort(Comparator.comparing(partition -> partition.get(0)));
    ObjectNode metadata = metadata(index).put("string", string);
    ArrayNode solution = metadata.putArray("solution");
    partitions.forEach(partition -> partition.forEach(solution.addArray()::add));
    metadata.put("string_len", count);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("string_len", length.json());
    difficulty.set("substring_palindrome_len", pieceLength.json());
    String question =
        """
        Given a string, partition it such that every substring is a palindrome.

        A palindrome is a word that reads the same backward as forward.

        You may return all possible palindrome partitioning in any order.

        Your output should be a list of lists, where each list represents a palindrome partition, e.g. [["a","a","b"],["aa","b"]].

        Partition the following string into palindromes: %s
        """
            .formatted(string);
    String answer =
        partitions.stream()
            .map(
                partition -> partition.stream().collect(Collectors.joining("\", \"", "[\"", "\"]")))
            .collect(Collectors.joining(", ", "[", "]"));
    return problem(index, question, answer, metadata);
  }

  /** 1 if the partitions written as JSON are those of the solution, in any order and number. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    Optional<List<List<String>>> given =
        answer.flatMap(PythonJson::parse).flatMap(PalindromePartitioning::partitions);
    Set<List<String>> wanted =
        new HashSet<>(partitions(problem.metadata().get("solution")).orElseThrow());
    // Looking for strangers first keeps sets of foreign elements, which can be slow, from being
    // made.
    boolean right =
        given.isPresent()
            && wanted.containsAll(given.get())
            && new HashSet<>(given.get()).size() == wanted.size();
    return Verdict.Scored.of(right ? 1.0 : 0.0);
  }

  /**
   * The elements of a value as sequences of texts. A text is a sequence of its characters and an
   * object one of its keys, as for the original; anything else cannot be right.
   */
  private static Optional<List<List<String>>> partitions(JsonNode value) {
    List<List<String>> partitions = new ArrayList<>();
    if (!value.isArray()) {
      texts(value).ifPresent(all -> all.forEach(text -> partitions.add(characters(text))));
      return Optional.of(partitions);
    }
    for (JsonNode element : value) {
      Optional<List<String>> texts = texts(element);
      if (texts.isEmpty()) {
        return Optional.empty();
      }
      partitions.add(texts.get());
    }
    return Optional.of(partitions);
  }

  private static Optional<List<String>> texts(JsonNode value) {
    if (value.isTextual()) {
      return Optional.of(characters(value.textValue()));
    }
    List<String> texts = new ArrayList<>();
    if (value.isObject()) {
      value.fieldNames().forEachRemaining(texts::add);
      return Optional.of(texts);
    }
    for (JsonNode element : value) {
      if (!element.isTextual()) {
        return Optional.empty();
      }
      texts.add(element.textValue());
    }
    return value.isArray() ? Optional.of(texts) : Optional.empty();
  }

  private static List<String> characters(String text) {
    return text.codePoints().mapToObj(Character::toString).toList();
  }
}
