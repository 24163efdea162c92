package io.amalgam.verifiers.task.arc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** An input row and the output row that a rule makes of it; the arrays are not changed any more. */
final class RowPair {
  private final int[] input;
  private final int[] output;

  private RowPair(int[] input, int[] output) {
    this.input = input;
    this.output = output;
  }

  /** A pair that fits, as a rule returns it. */
  static Optional<RowPair> of(int[] input, int[] output) {
    return Optional.of(new RowPair(input, output));
  }

  /** Both rows read from the right. */
  RowPair mirrored() {
    return new RowPair(Row.reversed(input), Row.reversed(output));
  }

  /** The output as input and the input as output. */
  RowPair inverse() {
    return new RowPair(output, input);
  }

  /** The input's colours, separated by spaces. */
  String inputText() {
    return text(input);
  }

  /** The output's colours, separated by spaces. */
  String outputText() {
    return text(output);
  }

  private static String text(int[] row) {
    return Arrays.stream(row).mapToObj(Integer::toString).collect(Collectors.joining(" "));
  }

  /** Both rows as the metadata show them. */
  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("input", array(input));
    json.set("output", array(output));
    return json;
  }

  private static ArrayNode array(int[] row) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode(row.length);
    for (int color : row) {
      array.add(color);
    }
    return array;
  }
}
