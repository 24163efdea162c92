package io.amalgam.verifiers.task.games;

import com.fasterxml.jackson.databind.JsonNode;
import io.amalgam.verifiers.python.PythonFloat;
import io.amalgam.verifiers.python.PythonText;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Carries out an answer's plan of moves on a field.
 *
 * <p>Texts that are no moves, moves of what is not there and unknown agents are passed over. A plan
 * of another shape, of which the original's scorer fails, makes {@link MalformedPlanException}.
 */
final class BoxPlan {
  private static final String MOVE = "move(";
  private static final String SQUARE = "square";

  private final BoxField field;

  private BoxPlan(BoxField field) {
    this.field = field;
  }

  /** Carries out a list of steps, each an object from agents to their moves. */
  static void carryOut(JsonNode plan, BoxField field) {
    BoxPlan run = new BoxPlan(field);
    require(plan.isContainerNode() || plan.isTextual(), "the plan is no list");
    // An empty text or object is walked through like an empty list.
    boolean list = plan.isArray() || plan.isEmpty() && plan.asText().isEmpty();
    require(list, "the plan's elements are no objects");
    for (JsonNode step : plan) {
      require(step.isObject(), "a step of the plan is no object");
      run.step(step);
    }
  }

  /** A move: what to put where, either a named target or the coordinates of a square. */
  private record Move(String item, String place, List<Double> square) {
    boolean toSquare() {
      return place.contains(SQUARE);
    }
  }

  private void step(JsonNode step) {
    // Agents with the same coordinates count as one, with the last move and the first place.
    Map<List<Double>, Move> moves = new LinkedHashMap<>();
    for (Iterator<Map.Entry<String, JsonNode>> i = step.fields(); i.hasNext(); ) {
      Map.Entry<String, JsonNode> entry = i.next();
      List<Double> agent = numbers(entry.getKey());
      require(entry.getValue().isTextual(), "a move is no text");
      parse(entry.getValue().textValue()).ifPresent(move -> moves.put(agent, move));
    }
    moves.forEach(this::apply);
  }

  private void apply(List<Double> agent, Move move) {
    require(agent.size() >= 2, "an agent has no coordinates");
    String from = name(agent);
    if (!field.hasSquare(from) || !field.holds(from, move.item)) {
      return;
    }
    if (!move.toSquare()) {
      if (field.holds(from, move.place)
          && move.item.startsWith(BoxField.BOX)
          && move.place.startsWith(BoxField.TARGET)
          && move.item
              .substring(BoxField.BOX.length())
              .equals(move.place.substring(BoxField.TARGET.length()))) {
        field.match(from, move.item, move.place);
      }
    } else if (isBeside(agent, move.square)) {
      String to = name(move.square);
      require(field.hasSquare(to), "a move leads off the field");
      field.move(from, to, move.item);
    }
  }

  private static boolean isBeside(List<Double> from, List<Double> to) {
    require(!to.isEmpty(), "a square has no coordinates");
    double first = Math.abs(from.get(0) - to.get(0));
    if (first != 0 && first != 1) {
      return false;
    }
    require(to.size() >= 2, "a square has one coordinate");
    return Math.abs(from.get(1) - to.get(1)) == 1 - first;
  }

  private static String name(List<Double> center) {
    return PythonFloat.repr(center.get(0)) + "_" + PythonFloat.repr(center.get(1));
  }

  /**
   * Reads {@code move(item, place)} at the start of a text as the pattern {@code
   * move\((.*?),\s(.*?)\)} does: the item goes to the first comma with white space behind it from
   * where a parenthesis follows on the same line.
   */
  private static Optional<Move> parse(String text) {
    if (!text.startsWith(MOVE)) {
      return Optional.empty();
    }
    int lineEnd = lineEnd(text, MOVE.length());
    int comma = text.indexOf(',', MOVE.length());
    while (comma >= 0 && comma < lineEnd) {
      if (comma + 1 < text.length() && PythonText.isSpace(text.charAt(comma + 1))) {
        int start = comma + 2;
        int close = text.indexOf(')', start);
        if (close >= 0 && close < lineEnd(text, start)) {
          String place = text.substring(start, close);
          return Optional.of(
              new Move(
                  text.substring(MOVE.length(), comma),
                  place,
                  place.contains(SQUARE) ? numbers(place) : List.of()));
        }
        // No parenthesis follows on this line: only a comma at its end can still do.
        comma = Math.max(comma + 1, lineEnd - 1);
        comma = comma < lineEnd && text.charAt(comma) == ',' ? comma : -1;
      } else {
        comma = text.indexOf(',', comma + 1);
      }
    }
    return Optional.empty();
  }

  private static int lineEnd(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  /** The decimal numbers in a text, without signs and exponents. */
  private static List<Double> numbers(String text) {
    List<Double> numbers = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      int start = i;
      i = skipDigits(text, i);
      if (i == start) {
        i += Character.charCount(text.codePointAt(i));
        continue;
      }
      if (i < text.length() && text.charAt(i) == '.') {
        i = skipDigits(text, i + 1);
      }
      numbers.add(PythonFloat.parse(text.substring(start, i)).orElseThrow());
    }
    return numbers;
  }

  private static int skipDigits(String text, int from) {
    int i = from;
    while (i < text.length() && PythonText.decimalDigit(text.codePointAt(i)) >= 0) {
      i += Character.charCount(text.codePointAt(i));
    }
    return i;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new MalformedPlanException(otherwise);
    }
  }
}
