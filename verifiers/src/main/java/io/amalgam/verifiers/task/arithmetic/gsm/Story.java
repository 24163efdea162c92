package io.amalgam.verifiers.task.arithmetic.gsm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What one word problem tells: the lists that its details are chosen from, how its quantities
 * follow from those drawn, and the texts.
 *
 * @param id the story's number
 * @param options lists to choose from
 * @param values quantities in the order in which they are found
 * @param question the question
 * @param solution the way to the answer, step by step
 * @param answer the answer's value
 * @param variables what the metadata show
 */
record Story(
    int id,
    Map<String, List<JsonNode>> options,
    Map<String, Formula> values,
    TextPattern question,
    TextPattern solution,
    Formula answer,
    Map<String, Formula> variables) {

  /** Reads a story. */
  static Story of(JsonNode json) {
    Map<String, List<JsonNode>> options = new LinkedHashMap<>();
    json.get("options")
        .fields()
        .forEachRemaining(list -> options.put(list.getKey(), elements(list.getValue())));
    return new Story(
        json.get("id").intValue(),
        options,
        formulas(json.get("values")),
        TextPattern.parse(json.get("question").textValue()),
        TextPattern.parse(json.get("solution").textValue()),
        FormulaParser.parse(json.get("answer").textValue()),
        formulas(json.get("variables")));
  }

  private static List<JsonNode> elements(JsonNode array) {
    List<JsonNode> elements = new ArrayList<>();
    array.forEach(elements::add);
    return List.copyOf(elements);
  }

  private static Map<String, Formula> formulas(JsonNode json) {
    Map<String, Formula> formulas = new LinkedHashMap<>();
    json.fields()
        .forEachRemaining(entry -> formulas.put(entry.getKey(), formula(entry.getValue())));
    return formulas;
  }

  /** A formula, or a list of some. */
  private static Formula formula(JsonNode json) {
    if (!json.isArray()) {
      return FormulaParser.parse(json.textValue());
    }
    List<Formula> formulas =
        elements(json).stream().map(element -> FormulaParser.parse(element.textValue())).toList();
    return values -> {
      ArrayNode array = JsonNodeFactory.instance.arrayNode(formulas.size());
      formulas.forEach(formula -> array.add(formula.value(values)));
      return array;
    };
  }

  /** A list to choose from. */
  List<JsonNode> list(String name) {
    List<JsonNode> list = options.get(name);
    if (list == null) {
      throw new IllegalArgumentException("story " + id + " has no list " + name);
    }
    return list;
  }

  /** What the metadata show of the values. */
  ObjectNode shown(Function<String, JsonNode> known) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    variables.forEach((name, formula) -> shown.set(name, formula.value(known)));
    return shown;
  }
}
