package io.amalgam.actors.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.amalgam.verifiers.task.Task;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that name one configured task. */
final class TaskChoice {
  @Mixin private TaskSource source = new TaskSource();

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "Name of the task, perhaps at a level: gcd or gcd@2.")
  private String name = "";

  @Option(names = "--seed", description = "Base seed of the problems. Default: ${DEFAULT-VALUE}.")
  private BigInteger seed = BigInteger.valueOf(42);

  @Option(
      names = "--set",
      paramLabel = "FIELD=VALUE",
      description = "Sets a field of the task; may be repeated. Values are JSON or plain text.")
  private List<String> fields = new ArrayList<>();

  /** The task; an unknown name, field or value throws a TaskConfigurationException. */
  Task create(int size) {
    ObjectNode config = new ObjectMapper().createObjectNode();
    for (String field : fields) {
      int eq = field.indexOf('=');
      if (eq <= 0) {
        throw UserError.usage(
            "--set " + field + " is not an assignment", "write --set field=value");
      }
      config.set(field.substring(0, eq).strip(), value(field.substring(eq + 1).strip()));
    }
    return source.catalog().create(name, config, seed, size);
  }

  private static JsonNode value(String text) {
    try {
      JsonNode node = new ObjectMapper().readTree(text);
      return node.isMissingNode() ? TextNode.valueOf(text) : node;
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(text);
    }
  }
}
