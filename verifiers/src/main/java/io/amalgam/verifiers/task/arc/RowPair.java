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

  /** Appends the input's colours, separated by spaces. */
  void writeInput(StringBuilder text) {
    write(input, text);
  }

  /** Appends the output's colours, separated by spaces. */
  void writeOutput(StringBuilder text) {
    write(output, text);
  }

  private static void write(int[] row, StringBuilder text) {
    for (int i = 0; i < row.length; i++) {
      if (i > 0) {
        text.append(' ');
      }
      if (row[i] <= Row.LAST_COLOR) {
        // A digit is written faster as a character than as a number.
        text.append((char) ('0' + row[i]));
      } else {
        text.append(row[i]);
      }
    }
  }

  /** Both rows as the metadata show them. */
  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("input", Row.toJson(input));
    json.set("output", Row.toJson(output));
    return json;
  }
}
