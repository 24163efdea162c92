package io.amalgam.verifiers.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** Makes candidates that nobody would think of: mutations of the right answer, and worse. */
final class CandidateFuzz {
  private static final String[] PIECES = {
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    ",",
    ":",
    "\n",
    "\t",
    " ",
    "\0",
    "\\",
    "$",
    "%",
    "#",
    "/",
    "*",
    "**",
    "^",
    "+",
    "-",
    "=",
    ".",
    "..",
    "!",
    "×",
    "−",
    "½",
    "²",
    "٣",
    "१",
    "𝟗",
    "０",
    "\u00a0",
    "\u3000",
    "\u2028",
    "\ufeff",
    "\ud800",
    "\udfff",
    "😀",
    "é",
    "ß",
    "İ",
    "ı",
    "e",
    "E",
    "j",
    "i",
    "x",
    "nan",
    "inf",
    "-inf",
    "Infinity",
    "NaN",
    "None",
    "null",
    "True",
    "False",
    "true",
    "1e999",
    "-0",
    "0x1F",
    "1_000",
    "9**9**9",
    "1/0",
    "sqrt(",
    "sin(x)",
    "exp(",
    "x**",
    "C",
    "\\frac{1}{2}",
    "\\text{",
    "```",
    "<answer>",
    "</answer>",
    "[[",
    "]]",
    "{\"0\": ",
    "lambda: ",
    "__import__('os')",
    "0 ",
    "1 ",
    "Move disk 1 from Peg 1 to Peg 2",
    "A+1",
    "U",
    "R'",
    "YES",
    "no"
  };

  private final Random random;

  CandidateFuzz(long seed) {
    random = new Random(seed);
  }

  /** A candidate for a problem. */
  Optional<String> candidate(Problem problem, List<String> others) {
    int kind = random.nextInt(100);
    if (kind == 0) {
      return Optional.empty();
    }
    if (kind == 1) {
      return Optional.of(nested());
    }
    if (kind < 12) {
      return Optional.of(soup());
    }
    if (kind < 20 && !others.isEmpty()) {
      return Optional.of(mutated(others.get(random.nextInt(others.size()))));
    }
    return Optional.of(mutated(problem.answer().orElseGet(() -> example(problem))));
  }

  /** A huge one, up to a megabyte. */
  String huge(Problem problem) {
    String unit = random.nextBoolean() ? problem.answer().orElse("1, ") : soup();
    String grain = unit.isEmpty() ? "0" : unit;
    int length = 1 << (16 + random.nextInt(5));
    return grain.repeat(Math.max(1, length / grain.length()));
  }

  private static String example(Problem problem) {
    for (String field : List.of("possible_answer", "example_answer", "example_correct_answer")) {
      if (problem.metadata().hasNonNull(field)) {
        return problem.metadata().get(field).isTextual()
            ? problem.metadata().get(field).textValue()
            : problem.metadata().get(field).toString();
      }
    }
    return "1";
  }

  private String nested() {
    int depth = 1 << random.nextInt(14);
    String open = PIECES[random.nextInt(6)];
    String close = PIECES[random.nextInt(6)];
    return open.repeat(depth) + "1" + (random.nextBoolean() ? close.repeat(depth) : "");
  }

  private String soup() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append(piece());
    }
    return text.toString();
  }

  private String piece() {
    return switch (random.nextInt(4)) {
      case 0 -> Integer.toString(random.nextInt(1000) - 500);
      case 1 -> new String(Character.toChars(random.nextInt(0x30000)));
      default -> PIECES[random.nextInt(PIECES.length)];
    };
  }

  private String mutated(String text) {
    List<Integer> points = new ArrayList<>(text.codePoints().boxed().toList());
    String changed = text;
    for (int i = random.nextInt(4); i > 0; i--) {
      changed = mutatedOnce(changed, points);
    }
    return changed;
  }

  private String mutatedOnce(String text, List<Integer> alphabet) {
    if (text.isEmpty()) {
      return piece();
    }
    int a = random.nextInt(text.length() + 1);
    int b = Math.min(text.length(), a + random.nextInt(4));
    return switch (random.nextInt(9)) {
      case 0 -> text.substring(0, a) + piece() + text.substring(a);
      case 1 -> text.substring(0, a) + text.substring(b);
      case 2 -> text.substring(0, a) + piece() + text.substring(b);
      case 3 -> text.substring(a) + text.substring(0, a);
      case 4 -> " " + text + "\n";
      case 5 -> text + piece() + text;
      case 6 -> text.toUpperCase(Locale.ROOT);
      case 7 ->
          alphabet.isEmpty()
              ? text
              : text.substring(0, a)
                  + new String(Character.toChars(alphabet.get(random.nextInt(alphabet.size()))))
                  + text.substring(b);
      default -> text.substring(0, a);
    };
  }
}
