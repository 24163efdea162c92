package io.amalgam.verifiers.task.induction;

import com.fasterxml.jackson.databind.JsonNode;
import io.amalgam.verifiers.python.PythonJson;
import io.amalgam.verifiers.task.TaskConfigurationException;
import io.amalgam.verifiers.task.TaskData;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The objects of the detector experiments by number, each as its colour, material and shape in
 * words.
 */
record AcreObjects(List<String> descriptions) {
  /** The data file: a JSON object from numbers to objects with the three attributes. */
  static final String FILE = "acre_objects.json";

  /** How many objects the file must hold. */
  static final int COUNT = 48;

  AcreObjects {
    descriptions = List.copyOf(descriptions);
  }

  static AcreObjects read(TaskData data) {
    JsonNode objects =
        PythonJson.parse(data.text(FILE))
            .orElseThrow(() -> new TaskConfigurationException(FILE + " is not JSON"));
    List<String> descriptions = new ArrayList<>();
    for (int number = 0; number < COUNT; number++) {
      JsonNode object = objects.path(Integer.toString(number));
      descriptions.add(
          attribute(object, "color", number)
              + " "
              + attribute(object, "material", number)
              + " "
              + attribute(object, "shape", number));
    }
    return new AcreObjects(descriptions);
  }

  private static String attribute(JsonNode object, String name, int number) {
    JsonNode value = object.path(name);
    if (!value.isTextual()) {
      throw new TaskConfigurationException(FILE + ": object " + number + " has no text " + name);
    }
    return value.textValue();
  }

  /** Several objects in words, separated by commas. */
  String describe(List<Integer> objects) {
    return objects.stream().map(descriptions::get).collect(Collectors.joining(", "));
  }
}
