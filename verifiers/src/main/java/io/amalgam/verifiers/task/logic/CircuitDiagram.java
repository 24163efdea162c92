package io.amalgam.verifiers.task.logic;

import io.amalgam.verifiers.task.logic.Circuit.Literal;
import io.amalgam.verifiers.task.logic.Circuit.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A circuit drawn with characters: inputs at the left top, each with a wire down to its uses, then
 * the terms' gates below each other, wires to the final gate, and the output.
 *
 * <p>Later strokes overwrite earlier ones where they cross.
 */
final class CircuitDiagram {
  private static final char ACROSS = '─';
  private static final char DOWN = '│';
  private static final char BRANCH_RIGHT = '├';
  private static final char FROM_LEFT_UP = '┘';
  private static final char FROM_LEFT_DOWN = '┐';
  private static final char UP_TO_RIGHT = '└';
  private static final char DOWN_TO_RIGHT = '┌';

  private static final int GATE_WIDTH = 7;
  private static final int FINAL_GATE_WIDTH = 3;

  private static final String OUTPUT = "──── OUT";

  private final Circuit circuit;
  private final List<String> inputs;

  /** The line of every term's first literal. */
  private final List<Integer> termLines = new ArrayList<>();

  /** The lines on which an input is used, ascending. */
  private final Map<String, List<Integer>> uses = new TreeMap<>();

  private final int height;
  private final int inputWidth;
  private final int gateColumn;
  private final int wireColumn;
  private final int finalGateColumn;
  private final int finalGateLine;
  private final char[][] canvas;

  CircuitDiagram(Circuit circuit) {
    this.circuit = circuit;
    inputs = List.copyOf(circuit.inputs());
    int line = inputs.size();
    for (Term term : circuit.terms()) {
      termLines.add(line);
      for (Literal literal : term.literals()) {
        uses.computeIfAbsent(literal.input(), input -> new ArrayList<>()).add(line++);
      }
      line++;
    }
    height = line - 1;
    int terms = termLines.size();
    inputWidth = inputs.stream().mapToInt(String::length).max().orElse(0) + 2;
    gateColumn = inputWidth + 2 * inputs.size();
    wireColumn = gateColumn + GATE_WIDTH;
    finalGateColumn = wireColumn + terms + 1;
    finalGateLine = outputLine() - terms / 2;
    canvas = new char[height][finalGateColumn + FINAL_GATE_WIDTH + OUTPUT.length()];
    for (char[] row : canvas) {
      Arrays.fill(row, ' ');
    }
    across(finalGateColumn + FINAL_GATE_WIDTH, outputLine(), OUTPUT);
    drawFinalGate();
    drawTermGates();
    drawInputs();
    drawWiresToFinalGate();
  }

  /** The lines without spaces at their ends. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (char[] row : canvas) {
      int end = row.length;
      while (end > 0 && row[end - 1] == ' ') {
        end--;
      }
      text.append(text.length() == 0 && row == canvas[0] ? "" : "\n").append(row, 0, end);
    }
    return text.toString();
  }

  private int outputLine() {
    return inputs.size() + (height - inputs.size()) / 2;
  }

  private void drawFinalGate() {
    int terms = termLines.size();
    if (terms == 1) {
      across(finalGateColumn, finalGateLine, line(ACROSS, FINAL_GATE_WIDTH));
      return;
    }
    char symbol = circuit.finalGate().symbol();
    down(finalGateColumn, finalGateLine, line(ACROSS, terms));
    down(finalGateColumn + 1, finalGateLine, line(DOWN, terms));
    down(finalGateColumn + 2, finalGateLine, line(symbol, terms));
    // The original draws the symbol twice, over the first column of the output wire.
    down(finalGateColumn + 3, finalGateLine, line(symbol, terms));
  }

  private void drawTermGates() {
    for (int i = 0; i < termLines.size(); i++) {
      Term term = circuit.terms().get(i);
      boolean joined = term.literals().size() > 1;
      char post = joined ? DOWN : ACROSS;
      char symbol = joined ? term.gate().symbol() : ACROSS;
      int line = termLines.get(i);
      for (Literal literal : term.literals()) {
        String negation = literal.negated() ? ">o" : line(ACROSS, 2);
        across(gateColumn, line++, ACROSS + negation + ACROSS + post + symbol + symbol);
      }
    }
  }

  private void drawInputs() {
    for (int i = 0; i < inputs.size(); i++) {
      String name = inputs.get(i);
      List<Integer> lines = uses.getOrDefault(name, List.of());
      int bend = 2 * (inputs.size() - i) - 1;
      across(0, i, name + ": " + line(ACROSS, inputWidth - name.length() - 2));
      across(inputWidth, i, line(ACROSS, bend) + FROM_LEFT_DOWN);
      lines.forEach(use -> across(inputWidth + bend, use, line(ACROSS, 2 * inputs.size() - bend)));
      int last = lines.get(lines.size() - 1);
      char[] wire = line(DOWN, last - i).toCharArray();
      for (int use : lines) {
        wire[use - i - 1] = BRANCH_RIGHT;
      }
      wire[wire.length - 1] = UP_TO_RIGHT;
      down(inputWidth + bend, i + 1, String.valueOf(wire));
    }
  }

  private void drawWiresToFinalGate() {
    int terms = termLines.size();
    for (int i = 0; i < terms; i++) {
      int count = circuit.terms().get(i).literals().size();
      int from = termLines.get(i) + (count - 1) / 2;
      int to = finalGateLine + i;
      int step = Math.abs(terms / 2 - i);
      int bend = wireColumn + step + 1;
      across(wireColumn, from, line(ACROSS, step + 1));
      across(bend, to, line(ACROSS, terms - step));
      if (from < to) {
        down(bend, from, FROM_LEFT_DOWN + line(DOWN, to - from - 1) + UP_TO_RIGHT);
      } else if (from > to) {
        down(bend, to, DOWN_TO_RIGHT + line(DOWN, from - to - 1) + FROM_LEFT_UP);
      }
    }
  }

  private static String line(char stroke, int length) {
    return String.valueOf(stroke).repeat(length);
  }

  private void across(int column, int line, String strokes) {
    for (int i = 0; i < strokes.length() && column + i < canvas[line].length; i++) {
      canvas[line][column + i] = strokes.charAt(i);
    }
  }

  private void down(int column, int line, String strokes) {
    for (int i = 0; i < strokes.length() && line + i < canvas.length; i++) {
      canvas[line + i][column] = strokes.charAt(i);
    }
  }
}
