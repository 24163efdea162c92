package io.amalgam.verifiers.task.arc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonText;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How grids are written in questions and read from answers.
 *
 * @param alphabet one text per colour; the first of equal ones is read
 * @param columnDelimiter between the cells of a row
 * @param rowDelimiter between rows
 * @param brackets whether rows and the grid stand in square brackets
 */
record GridFormat(
    List<String> alphabet, String columnDelimiter, String rowDelimiter, boolean brackets) {
  /** The name of the configuration field. */
  static final String FIELD = "board_format_opts";

  private static final int COLOURS = 10;
  private static final double READABLE = 0.05;

  /** Characters that most questions need no more than; an estimate for the buffer. */
  private static final int USUAL_LENGTH = 4096;

  private static final String SHAPE_LINE = "Shape: ";

  private static final String BEFORE_EXAMPLES =
      """
      Find the common rule that maps an input grid to an output grid, given the examples below.

      """;

  private static final String AFTER_EXAMPLES =
      """

      Below is a test input grid. Predict the corresponding output grid by applying the rule you found.
      Your final answer should just be the text output grid itself.

      Input:
      """;

  GridFormat {
    alphabet = List.copyOf(alphabet);
  }

  /** The default of the configuration field: digits, spaces and lines. */
  static ObjectNode defaults() {
    ObjectNode defaults = JsonNodeFactory.instance.objectNode();
    ArrayNode alphabet = defaults.putArray("alphabet");
    for (int colour = 0; colour < COLOURS; colour++) {
      alphabet.add(Integer.toString(colour));
    }
    return defaults
        .put("col_delimiter", " ")
        .put("row_delimiter", "\n")
        .put("array_brackets", false);
  }

  /** The format of a configuration; what it does not name is as in the defaults. */
  static GridFormat of(FieldValues values) {
    JsonNode given = values.json(FIELD);
    ObjectNode complete = defaults();
    values.require(given.isObject(), FIELD, "an object");
    for (Iterator<String> names = given.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      values.require(
          complete.has(name) && complete.get(name).getNodeType() == given.get(name).getNodeType(),
          FIELD,
          "an object like " + defaults());
      complete.set(name, given.get(name));
    }
    List<String> alphabet = new ArrayList<>();
    for (JsonNode letter : complete.get("alphabet")) {
      values.require(letter.isTextual(), FIELD, "an object whose alphabet holds texts");
      alphabet.add(letter.textValue());
    }
    values.require(
        alphabet.size() >= COLOURS,
        FIELD,
        "an object whose alphabet holds at least " + COLOURS + " texts");
    return new GridFormat(
        alphabet,
        complete.get("col_delimiter").textValue(),
        complete.get("row_delimiter").textValue(),
        complete.get("array_brackets").booleanValue());
  }

  /** The question that shows examples and asks for the output of one more input. */
  String question(List<GridPair> examples, Grid input) {
    StringBuilder question = new StringBuilder(USUAL_LENGTH).append(BEFORE_EXAMPLES);
    for (int i = 0; i < examples.size(); i++) {
      question.append("Example ").append(i + 1).append(":\n\nInput:\n");
      append(examples.get(i).input(), question);
      question.append("\nOutput:\n");
      append(examples.get(i).output(), question);
      question.append("\n\n");
    }
    append(input, question.append(AFTER_EXAMPLES));
    return question.append('\n').toString();
  }

  /** A grid as text. */
  String write(Grid grid) {
    StringBuilder text = new StringBuilder(2 * grid.area());
    append(grid, text);
    return text.toString();
  }

  private void append(Grid grid, StringBuilder text) {
    String opening = brackets ? "[" : "";
    String closing = brackets ? "]" : "";
    text.append(opening);
    for (int row = 0; row < grid.height(); row++) {
      text.append(row > 0 ? rowDelimiter : "").append(opening);
      for (int column = 0; column < grid.width(); column++) {
        if (column > 0) {
          appendShort(columnDelimiter, text);
        }
        appendShort(alphabet.get(grid.at(row, column)), text);
      }
      text.append(closing);
    }
    text.append(closing);
  }

  /** Appends by character, which takes less time than as a whole for texts of one or two. */
  private static void appendShort(String part, StringBuilder text) {
    for (int i = 0; i < part.length(); i++) {
      text.append(part.charAt(i));
    }
  }

  /**
   * 1 for the grid that the problem's metadata names, little for any other text that can be read as
   * rows of colours, else 0.
   */
  Verdict score(Problem problem, Optional<String> answer) {
    Optional<List<List<Integer>>> given = answer.flatMap(this::read);
    if (given.isEmpty()) {
      return Verdict.Scored.of(0);
    }
    List<List<Integer>> wanted = new ArrayList<>();
    for (JsonNode row : problem.metadata().path("output")) {
      List<Integer> cells = new ArrayList<>();
      row.forEach(cell -> cells.add(cell.intValue()));
      wanted.add(cells);
    }
    return Verdict.Scored.of(given.get().equals(wanted) ? 1 : READABLE);
  }

  /** The rows of a text, which may differ in length and be empty; nothing for another text. */
  private Optional<List<List<Integer>>> read(String text) {
    if (rowDelimiter.isEmpty() || columnDelimiter.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Integer> colours = new HashMap<>();
    for (int colour = 0; colour < alphabet.size(); colour++) {
      colours.putIfAbsent(alphabet.get(colour), colour);
    }
    List<List<Integer>> rows = new ArrayList<>();
    for (String row : pieces(unbracketed(withoutShape(text)), rowDelimiter)) {
      List<Integer> cells = new ArrayList<>();
      for (String piece : pieces(unbracketed(PythonText.strip(row)), columnDelimiter)) {
        String cell = PythonText.strip(piece);
        if (!cell.isEmpty()) {
          Integer colour = colours.get(cell);
          if (colour == null) {
            return Optional.empty();
          }
          cells.add(colour);
        }
      }
      rows.add(cells);
    }
    return Optional.of(rows);
  }

  private static String withoutShape(String text) {
    List<String> lines = new ArrayList<>();
    for (String line : pieces(text, "\n")) {
      String stripped = PythonText.strip(line);
      if (!stripped.startsWith(SHAPE_LINE)) {
        lines.add(stripped);
      }
    }
    return PythonText.strip(String.join("\n", lines));
  }

  private String unbracketed(String text) {
    return brackets && text.startsWith("[") && text.endsWith("]")
        ? PythonText.strip(text.substring(1, text.length() - 1))
        : text;
  }

  private static List<String> pieces(String text, String separator) {
    List<String> pieces = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf(separator);
        end >= 0;
        start = end + separator.length(), end = text.indexOf(separator, start)) {
      pieces.add(text.substring(start, end));
    }
    pieces.add(text.substring(start));
    return pieces;
  }
}
