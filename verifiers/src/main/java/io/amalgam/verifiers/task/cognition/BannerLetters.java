package io.amalgam.verifiers.task.cognition;

import io.amalgam.verifiers.task.TaskData;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Large letters drawn with characters, in several designs.
 *
 * <p>The file starts a design with {@code = NAME HEIGHT} and a letter with {@code @} and the
 * letter; the letter's rows follow.
 */
final class BannerLetters {
  static final String FILE = "banner_letters.txt";

  private final Map<String, Design> designs;

  private BannerLetters(Map<String, Design> designs) {
    this.designs = designs;
  }

  /** The letters of one design; every row of a letter is equally long. */
  record Design(int height, Map<Integer, List<String>> letters) {
    /** The rows of a letter in either case; what is not drawn is a gap. */
    List<String> rows(int letter) {
      int upper = Character.toUpperCase(letter);
      return Optional.ofNullable(letters.get(upper))
          .orElse(Collections.nCopies(height, " ".repeat(height / 2)));
    }
  }

  static BannerLetters read(TaskData data) {
    Map<String, Design> designs = new HashMap<>();
    Map<Integer, List<String>> letters = Map.of();
    int height = 0;
    for (Iterator<String> lines = data.lines(FILE).iterator(); lines.hasNext(); ) {
      String line = lines.next();
      if (line.startsWith("=")) {
        String[] words = line.split(" ");
        height = Integer.parseInt(words[2]);
        letters = new HashMap<>();
        designs.put(words[1], new Design(height, letters));
      } else {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < height; i++) {
          rows.add(lines.next());
        }
        letters.put(line.toUpperCase(Locale.ROOT).codePointAt(1), equallyLong(rows));
      }
    }
    return new BannerLetters(Map.copyOf(designs));
  }

  private static List<String> equallyLong(List<String> rows) {
    int width = rows.stream().mapToInt(String::length).max().orElse(0);
    return rows.stream().map(row -> row + " ".repeat(width - row.length())).toList();
  }

  /** A design by name. */
  Design design(String name) {
    return Optional.ofNullable(designs.get(name))
        .orElseThrow(() -> new IllegalStateException(FILE + " has no design " + name));
  }
}
