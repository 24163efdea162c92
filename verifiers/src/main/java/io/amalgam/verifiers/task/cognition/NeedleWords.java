package io.amalgam.verifiers.task.cognition;

import io.amalgam.verifiers.task.TaskData;
import java.util.ArrayList;
import java.util.List;

/**
 * What statements about people's tastes are made of; the file holds three blocks with an empty line
 * between them.
 *
 * @param names who
 * @param verbs likes or dislikes
 * @param subjects what
 */
record NeedleWords(List<String> names, List<String> verbs, List<String> subjects) {
  private static final String FILE = "needle_words.txt";

  static NeedleWords read(TaskData data) {
    List<List<String>> blocks = new ArrayList<>();
    blocks.add(new ArrayList<>());
    for (String line : data.lines(FILE)) {
      if (line.isEmpty()) {
        blocks.add(new ArrayList<>());
      } else {
        blocks.get(blocks.size() - 1).add(line);
      }
    }
    return new NeedleWords(
        List.copyOf(blocks.get(0)), List.copyOf(blocks.get(1)), List.copyOf(blocks.get(2)));
  }

  /** The number of different statements. */
  int statements() {
    return names.size() * verbs.size() * subjects.size();
  }

  /** The statement of a number: names vary slowest, subjects fastest. */
  Statement statement(int number) {
    int rest = number % (verbs.size() * subjects.size());
    return new Statement(
        names.get(number / (verbs.size() * subjects.size())),
        verbs.get(rest / subjects.size()),
        subjects.get(rest % subjects.size()));
  }

  record Statement(String name, String verb, String subject) {}
}
