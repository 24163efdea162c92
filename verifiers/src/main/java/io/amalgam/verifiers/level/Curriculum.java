package io.amalgam.verifiers.level;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The levels of one task. 102 of the 105 tasks have some; they are kept in {@code levels.json}, the
 * original's values.
 *
 * @param task name of the task
 * @param attributes the dimensions in the original's order
 */
public record Curriculum(String task, List<LevelAttribute> attributes) {
  private static final SortedMap<String, Curriculum> ALL = read();

  /** Copies the attributes. */
  public Curriculum {
    attributes = List.copyOf(attributes);
  }

  /** The levels of a task; nothing for tasks without any. */
  public static Optional<Curriculum> of(String task) {
    return Optional.ofNullable(ALL.get(task));
  }

  /** The tasks that have levels. */
  public static SortedSet<String> tasks() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(ALL.keySet()));
  }

  /** The number of levels of the longest attribute. */
  public int depth() {
    return attributes.stream().mapToInt(a -> a.levels().size()).max().orElse(1);
  }

  private static SortedMap<String, Curriculum> read() {
    try (InputStream in = Curriculum.class.getResourceAsStream("levels.json")) {
      SortedMap<String, Curriculum> all = new TreeMap<>();
      for (Map.Entry<String, JsonNode> task :
          JsonMapper.builder().build().readTree(in).properties()) {
        List<LevelAttribute> attributes = new ArrayList<>();
        task.getValue().forEach(attribute -> attributes.add(attribute(attribute)));
        all.put(task.getKey(), new Curriculum(task.getKey(), attributes));
      }
      return Collections.unmodifiableSortedMap(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LevelAttribute attribute(JsonNode json) {
    String name = json.get("name").textValue();
    int first = json.get("default").intValue();
    List<JsonNode> levels = new ArrayList<>();
    json.get("levels").forEach(levels::add);
    if (json.has("field")) {
      return new LevelAttribute.Scalar(name, json.get("field").textValue(), levels, first);
    }
    return new LevelAttribute.Range(
        name,
        json.get("lower").textValue(),
        json.get("upper").textValue(),
        json.get("interval").booleanValue(),
        levels,
        first);
  }
}
