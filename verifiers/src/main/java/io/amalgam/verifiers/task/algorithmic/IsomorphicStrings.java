package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonSet;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether one string becomes another by replacing letters one to one. */
public final class IsomorphicStrings extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("isomorphic_strings", "algorithmic")
          .integer("min_string_length", 2)
          .integer("max_string_length", 10)
          .number("p_solvable", 0.5)
          .madeBy(IsomorphicStrings::new);

  private final SizeRange length;
  private final double solvableShare;

  private IsomorphicStrings(TaskSetup setup) {
    super(setup);
    FieldValues values = setup.values();
    length =
        SizeRange.of(values, "min_string_length", "max_string_length", 2, SizeRange.MAX_LENGTH);
    solvableShare = values.fraction("p_solvable", 0, 1);
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int size = length.draw(random);
    boolean solvable = random.random() < solvableShare;
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();
    Map<String, String> mapping = new LinkedHashMap<>();
    for (int i = 1; i < size; i++) {
      String letter = random.choice(LetterSet.ORDER);
      if (!mapping.containsKey(letter)) {
        PythonSet<String> taken = PythonSet.of(mapping.values());
        mapping.put(letter, random.choice(LetterSet.ALL.difference(taken).toList()));
      }
      first.add(letter);
      second.add(mapping.get(letter));
    }
    if (!solvable) {
      Map.Entry<String, String> pair = random.choice(List.copyOf(mapping.entrySet()));
      String conflict = random.choice(LetterSet.without(pair.getValue()));
      int place = random.randint(0, first.size());
      first.add(place, pair.getKey());
      second.add(place, conflict);
    }
    boolean isomorphic = isomorphic(first, second);
    ObjectNode metadata = metadata(index);
    String s = String.join("", first);
    String t = String.join("", second);
    metadata.putArray("words").add(s).add(t);
    metadata.put("solution", isomorphic).put("solvable", solvable).put("string_length", size);
    metadata.putObject("difficulty").set("string_length", length.json());
    String question =
        """
        Two strings are isomorphic if the characters in one string can be replaced to get the second string.

        All occurrences of a character must be replaced with another character while preserving the order of characters.

        No two characters may map to the same character, but a character may map to itself.

        Return True if the following two strings are isomorphic, or False otherwise:
        %s %s
        """
            .formatted(s, t);
    return problem(index, question, isomorphic ? "True" : "False", metadata);
  }

  private static boolean isomorphic(List<String> first, List<String> second) {
    Map<String, String> there = new HashMap<>();
    Map<String, String> back = new HashMap<>();
    for (int i = 0; i < first.size(); i++) {
      String s = first.get(i);
      String t = second.get(i);
      there.putIfAbsent(s, t);
      back.putIfAbsent(t, s);
      if (!t.equals(there.get(s)) || !s.equals(back.get(t))) {
        return false;
      }
    }
    return true;
  }
}
