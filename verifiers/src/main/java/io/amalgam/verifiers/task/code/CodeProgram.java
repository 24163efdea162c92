package io.amalgam.verifiers.task.code;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A small program that a question shows in Python and that Java carries out.
 *
 * @param difficulty 1 to 10
 * @param task what it is for
 * @param inputsAndOutputs its arguments and its result, described
 * @param source the Python text; {@code main_solution} is called
 * @param inputs draws arguments
 * @param solution the result for arguments
 */
record CodeProgram(
    int difficulty,
    String task,
    String inputsAndOutputs,
    String source,
    Function<PythonRandom, ObjectNode> inputs,
    Function<ObjectNode, JsonNode> solution) {

  /** All programs. */
  static final List<CodeProgram> ALL =
      Stream.of(TextPrograms.ALL, ListPrograms.ALL, SimulationPrograms.ALL)
          .flatMap(List::stream)
          .toList();

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array(List<Integer> numbers) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    numbers.forEach(array::add);
    return array;
  }

  /** The whole numbers of a list. */
  static List<Integer> numbers(JsonNode array) {
    List<Integer> numbers = new ArrayList<>();
    array.forEach(element -> numbers.add(element.intValue()));
    return numbers;
  }

  /** As many numbers as a drawn length says. */
  static List<Integer> drawn(PythonRandom random, int shortest, int longest, int low, int high) {
    int length = random.randint(shortest, longest);
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      numbers.add(random.randint(low, high));
    }
    return numbers;
  }

  /** A text of drawn characters. */
  static String text(PythonRandom random, int shortest, int longest, String characters) {
    StringBuilder text = new StringBuilder();
    for (int place : drawn(random, shortest, longest, 0, characters.length() - 1)) {
      text.append(characters.charAt(place));
    }
    return text.toString();
  }
}
