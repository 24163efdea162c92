package io.amalgam.verifiers.task.arc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

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
    StringBuilder text = new StringBuilder(2 * row.length);
    for (int i = 0; i < row.length; i++) {
      if (i > 0) {
        text.append(' ');
      }
      text.append(row[i]);
    }
    return text.toString();
  }

  /** Both rows as the metadata show them. */
  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("input", Row.toJson(input));
    json.set("output", Row.toJson(output));
    return json;
  }
}
