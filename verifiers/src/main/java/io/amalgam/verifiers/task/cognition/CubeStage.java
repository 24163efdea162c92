package io.amalgam.verifiers.task.cognition;

import java.util.ArrayList;
import java.util.List;

/**
 * A stage of solving a cube: the pieces that are looked for and the rules, of which the first that
 * fits is applied.
 *
 * @param pieces colours of the pieces
 * @param rules the rules
 */
record CubeStage(List<String> pieces, List<CubeStage.Rule> rules) {
  /*
   * One rule per line: the places of the pieces with the colours they may have there along x, y and
   * z, "*" for any; "->" if the stage goes on after the moves, "=>" if it is done; the moves.
   * Source: the layer method as in the solver of magiccube 0.3.0, whose moves are the example
   * answers of the original.
   */

  private static final String DOWN =
      """
      101:* =>
      121:* => X X
      110:* => X
      112:* => X'
      011:* => Z'
      211:* => Z
      """;

  private static final String FRONT =
      """
      110:* => Y Y
      112:* =>
      011:* => Y'
      211:* => Y
      """;

  private static final String WHITE_CROSS =
      """
      100:W* =>
      100:*W => B D' R D
      201:W* => R' B'
      201:*W => R' D' R D
      102:W* => F F U U B B
      102:*W => F' D' R' D
      001:W* => L B
      001:*W => L D L' D'
      210:*W => D' R D
      210:W* => B'
      212:*W => D' R' D
      212:W* => D D F D D
      012:*W => D L D'
      012:W* => D D F' D D
      010:*W => D L' D'
      010:W* => B
      120:W* => B B
      120:*W => B' D' R D
      221:W* => U' B D L' D'
      221:*W => U' B B
      122:W* => U U B B
      122:*W => U' D' R D B'
      021:W* => U B D L' D'
      021:*W => U B B
      """;

  private static final String WHITE_CORNER =
      """
      020:W** -> F' U U F
      020:*W* -> U U R U' R'
      020:**W -> R U U R'
      220:W** -> U' R U U R'
      220:*W* -> U R U' R'
      220:**W -> F' U F
      222:W** -> U' F' U F
      222:*W* -> R U' R'
      222:**W -> U R U' R'
      022:W** -> R U' R'
      022:*W* -> U' R U' R'
      022:**W -> U F' U U F
      000:W** -> B' U B
      000:*W* -> B' U' B U
      000:**W -> B' U' B U
      200:W** -> R' U' R
      200:*W* -> B U B'
      200:**W -> B U B'
      202:W** -> R U R'
      202:*W* =>
      202:**W -> R U' R'
      002:W** -> L' U' L
      002:*W* -> L' U' L
      002:**W -> L' U L
      """;

  private static final String SECOND_LAYER =
      """
      221:OB/GO/RG/BR -> Y' U U U R U' R' U' F' U F Y
      221:BO/OG/GR/RB -> U
      120:OB/GO/RG/BR -> U U
      120:BO/OG/GR/RB -> Y' U' U R U' R' U' F' U F Y
      021:OB/GO/RG/BR -> Y' U R U' R' U' F' U F Y
      021:BO/OG/GR/RB -> U'
      122:BO/OG/GR/RB -> U' L' U L U F U' F'
      122:OB/GO/RG/BR => U' L' U L U F U' F'
      212:BO/OB/OG/GO/GR/RG/RB/BR -> U R U' R' U' F' U F
      012:BO/OG/GR/RB -> U' L' U L U F U' F'
      012:OB/GO/RG/BR =>
      010:BO/OB/OG/GO/GR/RG/RB/BR -> Y' U' L' U L U F U' F' Y
      210:BO/OB/OG/GO/GR/RG/RB/BR -> Y U R U' R' U' F' U F Y'
      """;

  private static final String TOP_CROSS =
      """
      120:Y* 221:*Y 122:Y* 021:*Y =>
      120:Y* 221:*Y 122:*Y 021:Y* -> U'
      120:*Y 221:*Y 122:Y* 021:Y* -> U U
      120:*Y 221:Y* 122:Y* 021:*Y -> U
      120:Y* 221:Y* 122:*Y 021:*Y -> F R U R' U' F'
      120:Y* 221:Y* 122:Y* 021:Y* -> U
      120:*Y 221:*Y 122:*Y 021:*Y => F R U R' U' F'
      120:*Y 221:Y* 122:*Y 021:Y* -> F R U R' U' F'
      """;

  private static final String TOP_EDGES =
      """
      120:YB 221:OY 122:YG 021:RY =>
      120:YB 221:OY 122:GY 021:YR => R U R' U R U U R' U
      120:YR 221:BY 122:GY 021:YO => R U R' U R U U R' U U'
      120:YO 221:BY 122:YG 021:RY => U U R U R' U R U U R' U U U
      120:YR 221:OY 122:YG 021:BY => U' R U R' U R U U R' U U
      120:YO 221:RY 122:YG 021:BY => U R U R' U R U U R' U
      120:YR 221:BY 122:YG 021:OY => R U R' U R U U R' U U'
      120:YB 221:RY 122:YG 021:OY -> R U R' U R U U R' U
      120:YG 221:** 122:** 021:** -> U U
      120:** 221:GY 122:** 021:** -> U
      120:** 221:** 122:** 021:GY -> U'
      """;

  private static final String TOP_CORNERS =
      """
      020:RYB/BRY/YBR 220:OYB/BOY/YBO 222:OYG/GOY/YGO 022:RYG/GRY/YGR =>
      020:RYB/BRY/YBR 220:*** 222:*** 022:*** -> Y Y U R U' L' U R' U' L Y Y
      020:*** 220:OYB/BOY/YBO 222:*** 022:*** -> Y U R U' L' U R' U' L Y'
      020:*** 220:*** 222:OYG/GOY/YGO 022:*** -> U R U' L' U R' U' L
      020:*** 220:*** 222:*** 022:RYG/GRY/YGR -> Y' U R U' L' U R' U' L Y
      020:*** 220:*** 222:*** 022:*** -> U R U' L' U R' U' L
      """;

  private static final String TOP_TURNS =
      """
      020:RYB 220:OYB 222:OYG 022:RYG =>
      020:BYO 220:GYO 222:GYR 022:BYR => U
      020:OYG 220:RYG 222:RYB 022:OYB => U U
      020:GYR 220:BYR 222:BYO 022:GYO => U'
      020:*** 220:*** 222:*B*/*R*/*G*/*O* 022:*** -> R' D' R D R' D' R D
      020:*** 220:*** 222:*Y* 022:*** -> U
      """;

  private static final List<CubeStage> IN_ORDER = build();

  /** Where a piece is and how it lies. */
  private record Condition(String place, List<String> colours) {
    static Condition parse(String text) {
      int colon = text.indexOf(':');
      return new Condition(
          text.substring(0, colon), List.of(text.substring(colon + 1).split("/", -1)));
    }

    boolean fits(String at, String lying) {
      return place.equals(at) && colours.stream().anyMatch(pattern -> agrees(pattern, lying));
    }

    private static boolean agrees(String pattern, String lying) {
      for (int i = 0; i < pattern.length(); i++) {
        if (pattern.charAt(i) != '*' && pattern.charAt(i) != lying.charAt(i)) {
          return false;
        }
      }
      return true;
    }
  }

  /** Moves for a situation. */
  static final class Rule {
    private final List<Condition> conditions = new ArrayList<>();
    private final List<CubeMove> moves = new ArrayList<>();
    private final boolean again;

    private Rule(String line) {
      again = line.contains("->");
      int arrow = line.indexOf('>') - 1;
      for (String condition : line.substring(0, arrow).strip().split(" ", -1)) {
        conditions.add(Condition.parse(condition));
      }
      for (String move : line.substring(arrow + 2).strip().split(" ", -1)) {
        CubeMove.parse(move).ifPresent(moves::add);
      }
    }

    /** Whether a piece is at one of the places as it should lie there. */
    boolean fits(String place, String colours) {
      return conditions.stream().anyMatch(condition -> condition.fits(place, colours));
    }

    List<CubeMove> moves() {
      return moves;
    }

    /** Whether the stage looks at the pieces again after the moves. */
    boolean again() {
      return again;
    }
  }

  /** All stages in the order in which they solve a cube. */
  static List<CubeStage> inOrder() {
    return IN_ORDER;
  }

  private static List<CubeStage> build() {
    List<CubeStage> stages = new ArrayList<>();
    stages.add(of(DOWN, "W"));
    stages.add(of(FRONT, "G"));
    // Each side comes to the front once, with the pieces that belong behind or beside it.
    addSides(stages, WHITE_CROSS, "BW", "RW", "GW", "OW");
    addSides(stages, WHITE_CORNER, "GOW", "BOW", "BRW", "GRW");
    addSides(stages, SECOND_LAYER, "GR", "GO", "BO", "BR");
    stages.add(of(TOP_CROSS, "YG", "YR", "YB", "YO"));
    stages.add(of(TOP_EDGES, "YG", "YR", "YB", "YO"));
    stages.add(of(TOP_CORNERS, "YRG", "YRB", "YBO", "YGO"));
    stages.add(of(TOP_TURNS, "YRG", "YRB", "YBO", "YGO"));
    return List.copyOf(stages);
  }

  private static void addSides(List<CubeStage> stages, String rules, String... pieces) {
    for (int i = 0; i < pieces.length; i++) {
      stages.add(of(rules, pieces[i]));
      stages.add(of(FRONT, String.valueOf("OBRG".charAt(i))));
    }
  }

  private static CubeStage of(String rules, String... pieces) {
    return new CubeStage(List.of(pieces), rules.lines().map(Rule::new).toList());
  }
}
