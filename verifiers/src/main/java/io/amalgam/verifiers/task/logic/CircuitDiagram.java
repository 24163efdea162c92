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

  /** Room for the text of most diagrams. */
  private static final int USUAL_LENGTH = 1024;

  private static final String NEGATION = ">o";
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
    StringBuilder text = new StringBuilder(USUAL_LENGTH);
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
      across(finalGateColumn, finalGateLine, ACROSS, FINAL_GATE_WIDTH);
      return;
    }
    char symbol = circuit.finalGate().symbol();
    down(finalGateColumn, finalGateLine, ACROSS, terms);
    down(finalGateColumn + 1, finalGateLine, DOWN, terms);
    down(finalGateColumn + 2, finalGateLine, symbol, terms);
    // The original draws the symbol twice, over the first column of the output wire.
    down(finalGateColumn + 3, finalGateLine, symbol, terms);
  }

  private void drawTermGates() {
    for (int i = 0; i < termLines.size(); i++) {
      Term term = circuit.terms().get(i);
      boolean joined = term.literals().size() > 1;
      int line = termLines.get(i);
      for (Literal literal : term.literals()) {
        across(gateColumn, line, ACROSS, GATE_WIDTH);
        if (literal.negated()) {
          across(gateColumn + 1, line, NEGATION);
        }
        if (joined) {
          across(gateColumn + GATE_WIDTH - 3, line, DOWN, 1);
          across(gateColumn + GATE_WIDTH - 2, line, term.gate().symbol(), 2);
        }
        line++;
      }
    }
  }

  private void drawInputs() {
    for (int i = 0; i < inputs.size(); i++) {
      String name = inputs.get(i);
      int bend = 2 * (inputs.size() - i) - 1;
      int wire = inputWidth + bend;
      across(0, i, name);
      across(name.length(), i, ": ");
      across(name.length() + 2, i, ACROSS, wire - name.length() - 2);
      across(wire, i, FROM_LEFT_DOWN, 1);
      List<Integer> lines = uses.getOrDefault(name, List.of());
      int last = lines.get(lines.size() - 1);
      down(wire, i + 1, DOWN, last - i);
      for (int use : lines) {
        across(wire, use, use < last ? BRANCH_RIGHT : UP_TO_RIGHT, 1);
        across(wire + 1, use, ACROSS, gateColumn - wire - 1);
      }
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
      across(wireColumn, from, ACROSS, step + 1);
      across(bend, to, ACROSS, terms - step);
      if (from < to) {
        down(bend, from, FROM_LEFT_DOWN, 1);
        down(bend, from + 1, DOWN, to - from - 1);
        down(bend, to, UP_TO_RIGHT, 1);
      } else if (from > to) {
        down(bend, to, DOWN_TO_RIGHT, 1);
        down(bend, to + 1, DOWN, from - to - 1);
        down(bend, from, FROM_LEFT_UP, 1);
      }
    }
  }

  // Strokes end at the edges of the canvas.

  private void across(int column, int line, String strokes) {
    for (int i = 0; i < strokes.length() && column + i < canvas[line].length; i++) {
      canvas[line][column + i] = strokes.charAt(i);
    }
  }

  private void across(int column, int line, char stroke, int length) {
    int end = Math.min(column + length, canvas[line].length);
    for (int i = column; i < end; i++) {
      canvas[line][i] = stroke;
    }
  }

  private void down(int column, int line, char stroke, int length) {
    int end = Math.min(line + length, canvas.length);
    for (int i = line; i < end; i++) {
      canvas[i][column] = stroke;
    }
  }
}
