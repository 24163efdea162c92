package io.amalgam.verifiers.task.cognition;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A way of drawing large letters: a design and what its marks are drawn with. */
enum BannerFont {
  BLOCK("dots") {
    @Override
    List<String> draw(List<String> rows, int letter) {
      return rows;
    }
  },
  STARS("dots") {
    @Override
    List<String> draw(List<String> rows, int letter) {
      return inked(rows, '*');
    }
  },
  RINGS("dots") {
    @Override
    List<String> draw(List<String> rows, int letter) {
      return inked(rows, 'o');
    }
  },
  LETTERS("dots") {
    @Override
    List<String> draw(List<String> rows, int letter) {
      return rows.stream().map(row -> row.replace("#", Character.toString(letter))).toList();
    }
  },
  NEGATIVE("dots") {
    @Override
    List<String> draw(List<String> rows, int letter) {
      List<String> framed = new ArrayList<>(rows);
      String blank = " ".repeat(rows.get(0).length());
      framed.add(0, blank);
      framed.add(blank);
      return framed.stream()
          .map(row -> (" " + row + " ").replace('#', '.').replace(' ', '@').replace('.', ' '))
          .toList();
    }
  },
  WIDE("dots") {
    @Override
    List<String> draw(List<String> rows, int letter) {
      return rows.stream().map(row -> row.replace("#", "[]").replace(" ", "  ")).toList();
    }
  },
  WIDE_STARS("dots") {
    @Override
    List<String> draw(List<String> rows, int letter) {
      return rows.stream().map(row -> row.replace("#", "**").replace(" ", "  ")).toList();
    }
  },
  SLANTED("dots") {
    @Override
    List<String> draw(List<String> rows, int letter) {
      return slanted(inked(rows, '/'));
    }
  },
  SHADOW("dots") {
    @Override
    List<String> draw(List<String> rows, int letter) {
      int width = rows.get(0).length();
      List<String> drawn = new ArrayList<>();
      for (int y = 0; y <= rows.size(); y++) {
        StringBuilder row = new StringBuilder();
        for (int x = 0; x <= width; x++) {
          row.append(isMarked(rows, x, y) ? '#' : isMarked(rows, x - 1, y - 1) ? ':' : ' ');
        }
        drawn.add(row.toString());
      }
      return drawn;
    }
  },
  HALF("dots") {
    @Override
    List<String> draw(List<String> rows, int letter) {
      List<String> drawn = new ArrayList<>();
      for (int y = 0; y < rows.size(); y += 2) {
        StringBuilder row = new StringBuilder();
        for (int x = 0; x < rows.get(0).length(); x++) {
          int marks = (isMarked(rows, x, y) ? 1 : 0) + (isMarked(rows, x, y + 1) ? 2 : 0);
          row.append(" '.:".charAt(marks));
        }
        drawn.add(row.toString());
      }
      return drawn;
    }
  },
  STROKES("strokes") {
    @Override
    List<String> draw(List<String> rows, int letter) {
      return rows;
    }
  },
  STROKES_SLANTED("strokes") {
    @Override
    List<String> draw(List<String> rows, int letter) {
      return slanted(rows);
    }
  };

  private final String design;

  BannerFont(String design) {
    this.design = design;
  }

  /** The font's rows of a letter, from the design's. */
  abstract List<String> draw(List<String> rows, int letter);

  /** The name as configurations give it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> words() {
    return Stream.of(values()).map(BannerFont::word).toList();
  }

  /** A word, one letter beside the other. */
  String render(String word, BannerLetters letters) {
    BannerLetters.Design drawing = letters.design(design);
    List<StringBuilder> lines = new ArrayList<>();
    for (int letter : word.codePoints().toArray()) {
      List<String> rows = draw(drawing.rows(letter), letter);
      while (lines.size() < rows.size()) {
        lines.add(new StringBuilder());
      }
      for (int y = 0; y < rows.size(); y++) {
        lines.get(y).append(rows.get(y)).append(' ');
      }
    }
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private static List<String> inked(List<String> rows, char ink) {
    return rows.stream().map(row -> row.replace('#', ink)).toList();
  }

  private static List<String> slanted(List<String> rows) {
    List<String> drawn = new ArrayList<>(Collections.nCopies(rows.size(), ""));
    for (int y = 0; y < rows.size(); y++) {
      drawn.set(y, " ".repeat(rows.size() - 1 - y) + rows.get(y) + " ".repeat(y));
    }
    return drawn;
  }

  private static boolean isMarked(List<String> rows, int x, int y) {
    return y >= 0
        && y < rows.size()
        && x >= 0
        && x < rows.get(y).length()
        && rows.get(y).charAt(x) == '#';
  }
}
