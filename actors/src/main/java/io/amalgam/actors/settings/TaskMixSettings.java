package io.amalgam.actors.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.amalgam.verifiers.sandbox.ExternalTask;
import io.amalgam.verifiers.task.NearestName;
import io.amalgam.verifiers.task.ProblemGenerationException;
import io.amalgam.verifiers.task.TaskConfigurationException;
import io.amalgam.verifiers.task.TaskMix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code tasks.mix}: entries of task, weight and the task's own fields. */
final class TaskMixSettings {
  private static final List<String> FIELDS = List.of("task", "weight", "config");
  private static final String EXAMPLE =
      "give objects of task, weight and config, for example [{ task = gcd, weight = 1 }]";

  private static final List<String> EXTERNAL_FIELDS = List.of("name", "command", "timeout");
  private static final String EXTERNAL_EXAMPLE =
      "give objects of name, command and timeout, for example"
          + " [{ name = mine, command = [python3, mine.py], timeout = 5s }]";

  private static final Duration EXTERNAL_TIMEOUT = Duration.ofSeconds(5);

  private TaskMixSettings() {}

  static List<RunSettings.TaskWeight> read(Config config, SettingsReader in) {
    if (config.getValue("tasks.mix").valueType() != ConfigValueType.LIST) {
      throw in.wrong("tasks.mix", "is not a list", EXAMPLE);
    }
    List<RunSettings.TaskWeight> mix = new ArrayList<>();
    for (ConfigValue entry : config.getList("tasks.mix")) {
      if (!(entry instanceof ConfigObject)) {
        throw in.wrong("tasks.mix", "holds something that is no object", EXAMPLE);
      }
      mix.add(entry((ConfigObject) entry));
    }
    if (mix.isEmpty()) {
      throw in.wrong("tasks.mix", "is empty", EXAMPLE);
    }
    return List.copyOf(mix);
  }

  /** {@code tasks.external}: tasks that a command makes and scores. */
  static List<ExternalTask.Settings> external(Config config, SettingsReader in) {
    if (config.getValue("tasks.external").valueType() != ConfigValueType.LIST) {
      throw in.wrong("tasks.external", "is not a list", EXTERNAL_EXAMPLE);
    }
    List<ExternalTask.Settings> tasks = new ArrayList<>();
    for (ConfigValue entry : config.getList("tasks.external")) {
      if (!(entry instanceof ConfigObject)) {
        throw in.wrong("tasks.external", "holds something that is no object", EXTERNAL_EXAMPLE);
      }
      tasks.add(external((ConfigObject) entry));
    }
    return List.copyOf(tasks);
  }

  private static ExternalTask.Settings external(ConfigObject entry) {
    String where = SettingsReader.where(entry);
    for (String field : entry.keySet()) {
      if (!EXTERNAL_FIELDS.contains(field)) {
        throw new SettingsException(
            "unknown field \"" + field + "\" in an entry of tasks.external" + where,
            NearestName.suggestion(field, EXTERNAL_FIELDS));
      }
    }
    Config c = entry.toConfig();
    if (!c.hasPath("name") || !c.hasPath("command")) {
      throw new SettingsException(
          "an entry of tasks.external has no name or no command" + where, EXTERNAL_EXAMPLE);
    }
    SettingsReader in = new SettingsReader(c);
    try {
      return new ExternalTask.Settings(
          in.name("name"),
          in.texts("command", List.of(), false),
          c.hasPath("timeout") ? in.time("timeout") : EXTERNAL_TIMEOUT);
    } catch (TaskConfigurationException e) {
      throw SettingsException.ofSentence("tasks.external: " + e.getMessage() + where);
    }
  }

  /** Refuses unknown tasks and fields, and values a task cannot use. */
  static void check(RunSettings settings) {
    try {
      TaskMix mix = settings.taskMix();
      mix.trainingProblem(0);
    } catch (TaskConfigurationException | ProblemGenerationException e) {
      throw SettingsException.ofSentence("tasks.mix: " + e.getMessage());
    }
  }

  private static RunSettings.TaskWeight entry(ConfigObject entry) {
    String where = SettingsReader.where(entry);
    for (String field : entry.keySet()) {
      if (!FIELDS.contains(field)) {
        throw new SettingsException(
            "unknown field \"" + field + "\" in an entry of tasks.mix" + where,
            NearestName.suggestion(field, FIELDS)
                + " The task's own fields belong into config { }");
      }
    }
    Config c = entry.toConfig();
    if (!c.hasPath("task") || c.getValue("task").valueType() != ConfigValueType.STRING) {
      throw new SettingsException("an entry of tasks.mix has no task" + where, EXAMPLE);
    }
    String task = c.getString("task");
    double weight = 1;
    if (c.hasPath("weight")) {
      weight = new SettingsReader(c).above("weight", 0);
    }
    ObjectNode fields = new ObjectMapper().createObjectNode();
    if (c.hasPath("config")) {
      if (!(c.getValue("config") instanceof ConfigObject)) {
        throw new SettingsException(
            "config of task " + task + " in tasks.mix is not a section" + where,
            "write config { field = value }");
      }
      fields = json(c.getObject("config"));
    }
    return new RunSettings.TaskWeight(task, weight, fields);
  }

  private static ObjectNode json(ConfigObject object) {
    try {
      return (ObjectNode) new ObjectMapper().readTree(object.render(ConfigRenderOptions.concise()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a rendered configuration is JSON", e);
    }
  }
}
