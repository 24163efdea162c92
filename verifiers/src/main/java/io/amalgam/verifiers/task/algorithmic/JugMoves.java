package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.JsonNode;
import io.amalgam.verifiers.python.PythonJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges a list of moves written as JSON by what the jugs hold after the last one. */
final class JugMoves {
  private static final double SOLVED = 1.0;
  private static final double WRONG = 0.01;
  private static final double UNREADABLE = 0.0;
  private static final String ARROW = "->";

  private JugMoves() {}

  static double score(Optional<String> answer, List<Integer> capacities, int target) {
    int[] sizes = capacities.stream().mapToInt(Integer::intValue).toArray();
    int[] amounts = new int[sizes.length];
    Optional<List<String>> texts = answer.flatMap(PythonJson::parse).flatMap(JugMoves::texts);
    if (texts.isEmpty()) {
      return UNREADABLE;
    }
    for (String text : texts.get()) {
      Optional<JugMove> move = move(text, sizes.length);
      if (move.isEmpty()) {
        return UNREADABLE;
      }
      move.get().apply(amounts, sizes);
    }
    for (int amount : amounts) {
      if (amount == target) {
        return SOLVED;
      }
    }
    return WRONG;
  }

  /** What a loop over the value meets; the keys of an object, the characters of a text. */
  private static Optional<List<String>> texts(JsonNode value) {
    List<String> texts = new ArrayList<>();
    if (value.isObject()) {
      value.fieldNames().forEachRemaining(texts::add);
      return Optional.of(texts);
    }
    for (JsonNode element : value) {
      if (!element.isTextual()) {
        return Optional.empty();
      }
      texts.add(element.textValue());
    }
    // No single character is a move, so only the empty text can be looped over without failing.
    boolean loops = value.isArray() || (value.isTextual() && value.textValue().isEmpty());
    return loops ? Optional.of(texts) : Optional.empty();
  }

  /** The first two words are read and the rest is not looked at. */
  private static Optional<JugMove> move(String text, int jugs) {
    List<String> words = Words.split(text);
    if (words.size() < 2) {
      return Optional.empty();
    }
    String first = words.get(0);
    String second = words.get(1);
    if (first.equals("pour")) {
      int arrow = second.indexOf(ARROW);
      if (arrow < 0) {
        return Optional.empty();
      }
      // A second arrow leaves no label behind the first.
      Optional<Integer> from = jug(second.substring(0, arrow), jugs);
      Optional<Integer> into = jug(second.substring(arrow + ARROW.length()), jugs);
      return from.flatMap(a -> into.map(b -> new JugMove(JugMove.Kind.POUR, a, b)));
    }
    boolean fill = first.equals("fill");
    if (!fill && !first.equals("empty")) {
      return Optional.empty();
    }
    JugMove.Kind kind = fill ? JugMove.Kind.FILL : JugMove.Kind.EMPTY;
    return jug(second, jugs).map(a -> new JugMove(kind, a, a));
  }

  private static Optional<Integer> jug(String label, int jugs) {
    int jug = label.length() == 1 ? label.charAt(0) - 'A' : -1;
    return jug >= 0 && jug < jugs ? Optional.of(jug) : Optional.empty();
  }
}
