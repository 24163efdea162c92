package io.amalgam.verifiers.task.algorithmic;

import io.amalgam.verifiers.task.TaskData;
import java.util.List;

/**
 * The story whose words and sentences several tasks draw.
 *
 * @param text the whole story; lines end in {@code \n}
 * @param words its runs of word characters in order
 * @param alphanumericWords those of them without underscores
 */
record StoryText(String text, List<String> words, List<String> alphanumericWords) {
  /** The name of the file. */
  static final String FILE = "in_the_year_2889.txt";

  StoryText {
    words = List.copyOf(words);
    alphanumericWords = List.copyOf(alphanumericWords);
  }

  /** The story of the data, read once. */
  static StoryText of(TaskData data) {
    return data.parsed(StoryText.class, StoryText::read);
  }

  private static StoryText read(TaskData data) {
    String text = data.text(FILE).replace("\r\n", "\n").replace('\r', '\n');
    List<String> words = Words.runs(text);
    return new StoryText(text, words, words.stream().filter(Words::isAlphanumeric).toList());
  }
}
