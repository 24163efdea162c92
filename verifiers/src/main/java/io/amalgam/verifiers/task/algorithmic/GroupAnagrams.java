package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.amalgam.verifiers.python.PythonJson;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskConfigurationException;
import io.amalgam.verifiers.task.TaskData;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Words to be put into groups of the same letters, as a JSON list of lists. */
public final class GroupAnagrams extends ProceduralTask {
  private static final String GROUPS_FILE = "anagrams.jsonl";

  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("group_anagrams", "algorithmic")
          .integer("min_anagram_groups", 2)
          .integer("max_anagram_groups", 10)
          .integer("min_words_per_group", 2)
          .integer("max_words_per_group", 5)
          .data(GROUPS_FILE)
          .madeBy(GroupAnagrams::new);

  private static final int MOST = 1_000_000;

  /** Credit for any list that can be read and sorted. */
  private static final double READABLE = 0.01;

  private static final String QUESTION =
      """
      An anagram is a word formed by rearranging the letters of a different word, using all the original letters exactly once.

      Your job is to group the anagrams together. You can return the answer in any order.

      The output is a list of lists of strings, where each outer list contains a group of anagrams, e.g. [["eat", "tea"], ["tan", "nat"]].

      Group the following list of words into anagrams:
      """;

  /** Characters that most lists of words need no more than; an estimate for the buffers. */
  private static final int USUAL_LENGTH = 512;

  private final Config config;
  private final List<List<Word>> groups;

  private GroupAnagrams(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
    groups = data().parsed(KnownGroups.class, KnownGroups::read).groups();
  }

  private record Config(int minGroups, int maxGroups, int minWords, int maxWords) {
    static Config of(FieldValues values) {
      int minGroups = values.count("min_anagram_groups", 2, MOST);
      values.requireAtLeast("max_anagram_groups", "min_anagram_groups");
      int minWords = values.count("min_words_per_group", 2, MOST);
      values.requireAtLeast("max_words_per_group", "min_words_per_group");
      int maxGroups = values.count("max_anagram_groups", 2, MOST);
      int maxWords = values.count("max_words_per_group", 2, MOST);
      return new Config(minGroups, maxGroups, minWords, maxWords);
    }
  }

  /**
   * A word with what every problem needs of it.
   *
   * @param node the word as a JSON text
   * @param quoted the word as JSON is written; the words of the file need no escapes
   * @param letters its letters in order, the same for all its anagrams
   */
  private record Word(TextNode node, String quoted, String letters) {
    static final Comparator<Word> ORDER =
        Comparator.comparing(word -> word.node.textValue(), Words.BY_CODE_POINT);

    static Word of(String text) {
      TextNode node = TextNode.valueOf(text);
      char[] letters = text.toCharArray();
      Arrays.sort(letters);
      return new Word(node, node.toString(), new String(letters));
    }
  }

  /** The groups of the file, one a line. */
  private record KnownGroups(List<List<Word>> groups) {
    static KnownGroups read(TaskData data) {
      ObjectReader json = JsonMapper.builder().build().reader();
      List<List<Word>> groups = new ArrayList<>();
      for (String line : data.lines(GROUPS_FILE)) {
        List<Word> words = new ArrayList<>();
        try {
          json.readTree(line).path("words").forEach(word -> words.add(Word.of(word.asText())));
        } catch (JsonProcessingException e) {
          throw new TaskConfigurationException(
              GROUPS_FILE + " line " + (groups.size() + 1) + " is not JSON: " + line);
        }
        groups.add(List.copyOf(words));
      }
      return new KnownGroups(List.copyOf(groups));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int count = Math.min(groups.size(), random.randint(config.minGroups, config.maxGroups));
    List<Word> words = new ArrayList<>();
    for (List<Word> group : random.sample(groups, count)) {
      int drawn = Math.min(group.size(), random.randint(config.minWords, config.maxWords));
      words.addAll(random.sample(group, drawn));
    }
    List<List<Word>> solution = grouped(words);
    ObjectNode metadata = metadata(index);
    metadata.set("words", json(words));
    ArrayNode groupNodes = metadata.putArray("solution");
    solution.forEach(group -> groupNodes.add(json(group)));
    metadata.put("anagram_groups", count);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("anagram_groups", JsonValues.range(config.minGroups, config.maxGroups));
    difficulty.set("words_per_group", JsonValues.range(config.minWords, config.maxWords));
    StringBuilder question = new StringBuilder(QUESTION.length() + USUAL_LENGTH).append(QUESTION);
    write(words, question);
    return problem(index, question.append('\n').toString(), written(solution), metadata);
  }

  /** The words of the same letters together: each group sorted, and groups by their first word. */
  private static List<List<Word>> grouped(List<Word> words) {
    Map<String, List<Word>> byLetters = new LinkedHashMap<>();
    for (Word word : words) {
      byLetters.computeIfAbsent(word.letters, letters -> new ArrayList<>()).add(word);
    }
    List<List<Word>> groups = new ArrayList<>(byLetters.values());
    groups.forEach(group -> group.sort(Word.ORDER));
    groups.sort(Comparator.comparing(group -> group.get(0), Word.ORDER));
    return groups;
  }

  private static ArrayNode json(List<Word> words) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode(words.size());
    words.forEach(word -> list.add(word.node));
    return list;
  }

  /** JSON with Python's spaces. */
  private static String written(List<List<Word>> groups) {
    StringBuilder text = new StringBuilder(USUAL_LENGTH).append('[');
    for (int i = 0; i < groups.size(); i++) {
      text.append(i > 0 ? ", " : "");
      write(groups.get(i), text);
    }
    return text.append(']').toString();
  }

  private static void write(List<Word> words, StringBuilder text) {
    text.append('[');
    for (int i = 0; i < words.size(); i++) {
      text.append(i > 0 ? ", " : "").append(words.get(i).quoted);
    }
    text.append(']');
  }

  /** 1 for the right groups in any order, little for another list that can be sorted, else 0. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    Optional<JsonNode> given = answer.flatMap(PythonJson::parse);
    if (given.isEmpty()) {
      return Verdict.Scored.of(0);
    }
    if (given.get().isTextual()) {
      // To Python a text is a list of letters, which can be sorted but holds no words.
      return Verdict.Scored.of(READABLE);
    }
    ArrayNode sorted;
    try {
      sorted = sorted(given.get());
    } catch (ClassCastException e) {
      return Verdict.Scored.of(0);
    }
    boolean right = sorted.equals(sorted(problem.metadata().path("solution")));
    return Verdict.Scored.of(right ? 1 : READABLE);
  }

  /**
   * Each group sorted, and the groups by their first element.
   *
   * @throws ClassCastException if Python cannot sort them
   */
  private static ArrayNode sorted(JsonNode groups) {
    List<ArrayNode> sorted = new ArrayList<>();
    for (JsonNode group : PythonOrder.elements(groups)) {
      List<JsonNode> elements = new ArrayList<>(PythonOrder.elements(group));
      elements.sort(PythonOrder.NATURAL);
      sorted.add(list(elements));
    }
    sorted.sort(
        Comparator.comparing(
            group -> group.isEmpty() ? PythonOrder.EMPTY_TEXT : group.get(0), PythonOrder.NATURAL));
    return list(sorted);
  }

  private static ArrayNode list(Collection<? extends JsonNode> elements) {
    return JsonNodeFactory.instance.arrayNode().addAll(elements);
  }
}
