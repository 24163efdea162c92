package io.amalgam.verifiers.task.cognition;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A turn of a part of a cube in Singmaster's notation, extended to larger cubes: {@code 2Rw'}.
 *
 * @param type L R D U B F for layers counted from a face, X Y Z for the whole cube, M E S for the
 *     middle layer
 * @param reversed turned the other way
 * @param wide all layers up to the given one
 * @param layer number of the layer, 1 at the face
 */
record CubeMove(char type, boolean reversed, boolean wide, int layer) {
  private static final String WHOLE = "XYZ";
  private static final int MOST_DIGITS = 8;

  // Every part is bounded or a run of digits before a letter, so matching is linear.
  private static final Pattern WRITTEN =
      Pattern.compile("([0-9]*)(?:([LRDUBF])(w?)|([XYZMES]))('?)");

  /** Reads a move; empty if it is none. */
  static Optional<CubeMove> parse(String text) {
    Matcher matcher = WRITTEN.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    boolean reversed = !matcher.group(5).isEmpty();
    if (matcher.group(2) == null) {
      return Optional.of(new CubeMove(matcher.group(4).charAt(0), reversed, false, 1));
    }
    boolean wide = !matcher.group(3).isEmpty();
    String digits = matcher.group(1);
    if (digits.length() > MOST_DIGITS) {
      return Optional.empty();
    }
    int layer = digits.isEmpty() ? (wide ? 2 : 1) : Integer.parseInt(digits);
    return Optional.of(new CubeMove(matcher.group(2).charAt(0), reversed, wide, layer));
  }

  boolean turnsWholeCube() {
    return WHOLE.indexOf(type) >= 0;
  }

  CubeMove reverse() {
    return new CubeMove(type, !reversed, wide, layer);
  }

  /** The same turn of another face. */
  CubeMove of(char otherType) {
    return new CubeMove(otherType, reversed, wide, layer);
  }

  @Override
  public String toString() {
    boolean usual = layer == (wide ? 2 : 1);
    return (usual ? "" : layer) + String.valueOf(type) + (wide ? "w" : "") + (reversed ? "'" : "");
  }
}
