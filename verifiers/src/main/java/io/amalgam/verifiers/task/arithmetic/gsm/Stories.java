package io.amalgam.verifiers.task.arithmetic.gsm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** The texts and formulas of all stories by number; read once from a file of JSON lines. */
final class Stories {
  private static final String FILE = "stories.jsonl";
  private static final Map<Integer, Story> STORIES = read();

  private Stories() {}

  private static Map<Integer, Story> read() {
    Map<Integer, Story> stories = new HashMap<>();
    try (InputStream in = Stories.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("no file " + FILE + " beside " + Stories.class.getName());
      }
      try (MappingIterator<JsonNode> lines =
          JsonMapper.builder().build().readerFor(JsonNode.class).readValues(in)) {
        while (lines.hasNextValue()) {
          Story story = Story.of(lines.nextValue());
          stories.put(story.id(), story);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(stories);
  }

  /** A story by number. */
  static Story story(int id) {
    Story story = STORIES.get(id);
    if (story == null) {
      throw new IllegalArgumentException(FILE + " lacks the story with id " + id);
    }
    return story;
  }
}
