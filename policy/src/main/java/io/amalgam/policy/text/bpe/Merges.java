package io.amalgam.policy.text.bpe;

import io.amalgam.policy.text.ByteAlphabet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The learning of merges: the most frequent pair of neighbours becomes one token, again and again.
 */
final class Merges {
  /** A pair that occurs once teaches nothing about other texts. */
  private static final long SMALLEST_COUNT = 2;

  /** Two neighbouring tokens; tokens below 256 are bytes. */
  record Pair(int left, int right) {}

  /**
   * {@code pair} becomes {@code token}, which an earlier merge may have made too, from other parts.
   */
  record Merge(Pair pair, int token) {}

  private final List<int[]> words = new ArrayList<>();
  private final List<Long> occurrences = new ArrayList<>();
  private final Map<Pair, Long> pairCounts = new HashMap<>();
  private final Map<Pair, TreeSet<Integer>> wordsOfPair = new HashMap<>();

  /** What each token stands for, in the byte alphabet, and the way back. */
  private final List<String> contents = new ArrayList<>();

  private final Map<String, Integer> tokens = new HashMap<>();

  /** Counts the pairs of all words. */
  Merges(Map<String, Long> wordCounts) {
    for (int b = 0; b < 256; b++) {
      contents.add(String.valueOf(ByteAlphabet.charOf(b)));
    }
    wordCounts.forEach(
        (text, count) -> {
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          int[] word = new int[bytes.length];
          for (int i = 0; i < word.length; i++) {
            word[i] = bytes[i] & 0xFF;
          }
          words.add(word);
          occurrences.add(count);
          count(words.size() - 1, 1);
        });
  }

  /** Merges that make at most {@code limit} new tokens, in the order in which they apply. */
  List<Merge> learn(int limit) {
    List<Merge> merges = new ArrayList<>();
    while (contents.size() < 256 + limit) {
      Pair best = null;
      long bestCount = 0;
      for (Map.Entry<Pair, Long> entry : pairCounts.entrySet()) {
        long count = entry.getValue();
        if (count > bestCount
            || (best != null && count == bestCount && before(entry.getKey(), best))) {
          best = entry.getKey();
          bestCount = count;
        }
      }
      if (best == null || bestCount < SMALLEST_COUNT) {
        break;
      }
      String content = contents.get(best.left()) + contents.get(best.right());
      int token = tokens.computeIfAbsent(content, fresh -> contents.size());
      if (token == contents.size()) {
        contents.add(content);
      }
      apply(best, token);
      merges.add(new Merge(best, token));
    }
    return merges;
  }

  /** What each token stands for, in the byte alphabet. */
  List<String> contents() {
    return contents;
  }

  private static boolean before(Pair a, Pair b) {
    return a.left() != b.left() ? a.left() < b.left() : a.right() < b.right();
  }

  private void apply(Pair pair, int token) {
    TreeSet<Integer> touched = wordsOfPair.getOrDefault(pair, new TreeSet<>());
    for (int index : List.copyOf(touched)) {
      count(index, -1);
      words.set(index, merged(words.get(index), pair, token));
      count(index, 1);
    }
    pairCounts.remove(pair);
    wordsOfPair.remove(pair);
  }

  private static int[] merged(int[] word, Pair pair, int token) {
    int[] out = new int[word.length];
    int length = 0;
    for (int i = 0; i < word.length; i++) {
      if (i + 1 < word.length && word[i] == pair.left() && word[i + 1] == pair.right()) {
        out[length++] = token;
        i++;
      } else {
        out[length++] = word[i];
      }
    }
    return Arrays.copyOf(out, length);
  }

  /** Adds the pairs of one word to the counts, or takes them away. */
  private void count(int index, int sign) {
    int[] word = words.get(index);
    long weight = sign * occurrences.get(index);
    for (int i = 0; i + 1 < word.length; i++) {
      Pair pair = new Pair(word[i], word[i + 1]);
      pairCounts.merge(pair, weight, Long::sum);
      TreeSet<Integer> where = wordsOfPair.computeIfAbsent(pair, p -> new TreeSet<>());
      if (sign > 0) {
        where.add(index);
      } else {
        where.remove(index);
      }
    }
  }
}
