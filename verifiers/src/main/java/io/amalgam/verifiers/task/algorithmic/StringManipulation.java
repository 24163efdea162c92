package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A string that is rewritten by a list of rules, of which the first applicable is used. */
public final class StringManipulation extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("string_manipulation", "algorithmic")
          .integer("min_string_length", 5)
          .integer("max_string_length", 20)
          .integer("min_num_rules", 3)
          .integer("max_num_rules", 8)
          .madeBy(StringManipulation::new);

  private static final List<String> VOCABULARY = List.of("a", "b", "c");
  private static final int MIN_LENGTH = 5;
  private static final int MIN_RULES = 3;

  /** Strings with more characters in all are taken to grow for ever. */
  private static final int MAX_CHARACTERS = 10_000_000;

  private static final String BEFORE_RULES =
      """
      Your job is to repeatedly transform a string according to a set of rules until no further transformations can be performed, or a state is repeated.

      Evaluate the following rules in order, and apply the first applicable rule to the string:
      """;

  private static final String AFTER_RULES =
      """

      Once you have applied a rule, repeat the process with the new string until no further transformations can be performed (i.e. the string doesn't change), or a state is repeated.
      If a state is repeated, the process is terminated, and the repeated state is discarded (i.e. is not considered as the final answer) and the state before the repeated state is considered as the final answer.

      Your output should be the final transformed string after applying all the rules.

      Transform the following string according to the above list of rules:
      """;

  /** Characters that most questions need no more than; an estimate for the buffer. */
  private static final int USUAL_LENGTH = 2048;

  private final SizeRange length;
  private final SizeRange rules;

  private StringManipulation(TaskSetup setup) {
    super(setup);
    FieldValues values = setup.values();
    length =
        SizeRange.of(
            values, "min_string_length", "max_string_length", MIN_LENGTH, SizeRange.MAX_SIDE);
    rules =
        SizeRange.of(values, "min_num_rules", "max_num_rules", MIN_RULES, StringRule.ALL.size());
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int size = length.draw(random);
    StringBuilder text = new StringBuilder(size);
    for (int i = 0; i < size; i++) {
      text.append(random.choice(VOCABULARY));
    }
    String string = text.toString();
    int count = rules.draw(random);
    List<StringRule> selected = random.sample(StringRule.ALL, count);
    List<String> states = states(index, string, selected);
    String last = states.get(states.size() - 1);
    ObjectNode metadata = metadata(index).put("string", string).put("solution", last);
    states.forEach(metadata.putArray("states")::add);
    ArrayNode ruleTexts = metadata.putArray("selected_rules");
    selected.forEach(rule -> ruleTexts.add(rule.text()));
    metadata.put("string_length", size).put("num_rules", count);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("string_length", length.json());
    difficulty.set("num_rules", rules.json());
    return problem(index, question(selected, string), last, metadata);
  }

  private static String question(List<StringRule> selected, String string) {
    StringBuilder question = new StringBuilder(USUAL_LENGTH).append(BEFORE_RULES);
    for (int i = 0; i < selected.size(); i++) {
      question.append(i + 1).append(". ").append(selected.get(i).text()).append('\n');
    }
    return question.append(AFTER_RULES).append(string).append('\n').toString();
  }

  /** The strings from the first until no rule applies or one would come twice. */
  private List<String> states(int index, String string, List<StringRule> selected) {
    List<String> states = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    int characters = 0;
    Optional<String> next = Optional.of(string);
    while (next.isPresent() && seen.add(next.get())) {
      String current = next.get();
      states.add(current);
      characters += current.length();
      if (characters > MAX_CHARACTERS) {
        throw cannotGenerate(index, "the rules make more than " + MAX_CHARACTERS + " characters");
      }
      next = rewritten(current, selected);
    }
    return states;
  }

  private static Optional<String> rewritten(String string, List<StringRule> selected) {
    for (StringRule rule : selected) {
      if (rule.applies().test(string)) {
        return Optional.of(rule.change().apply(string));
      }
    }
    return Optional.empty();
  }
}
