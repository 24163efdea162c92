package io.amalgam.verifiers.task.arc;

import io.amalgam.verifiers.python.EmptyDrawException;
import io.amalgam.verifiers.python.PythonRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Rules that colour, mark or order several blocks. */
final class BlockRules {
  private static final int LONGEST = 6;
  private static final int WIDEST_GAP = 4;
  private static final int LONGEST_OF_TWO = 8;
  private static final int HALF_COLOR = 8;
  private static final int UNPAINTED = 5;
  private static final int MARK = 3;
  private static final int MARKED_LENGTH = 2;

  private BlockRules() {}

  /** The one longest block takes colour 1. */
  static Optional<RowPair> paintLongest(PythonRandom random, int size) {
    int color = random.randint(2, Row.LAST_COLOR);
    List<Row.Block> blocks = new ArrayList<>();
    int position = 0;
    while (position < size) {
      if (random.random() < Row.BLOCK_DENSITY && size - position >= 2) {
        int length = random.randint(2, Math.min(size - position, LONGEST));
        blocks.add(new Row.Block(position, length));
        position += length;
      }
      position++;
    }
    int longest = blocks.stream().mapToInt(Row.Block::length).max().orElse(0);
    List<Row.Block> winners = blocks.stream().filter(b -> b.length() == longest).toList();
    if (blocks.size() < 2 || winners.size() > 1) {
      return Optional.empty();
    }
    int[] input = Row.withBlocks(size, blocks, color);
    int[] output = input.clone();
    winners.get(0).paint(output, 1);
    return RowPair.of(input, output);
  }

  /** Blocks are put side by side, shortest first. */
  static Optional<RowPair> sortByLength(PythonRandom random, int size) {
    int color = Row.color(random);
    List<Row.Block> blocks = new ArrayList<>();
    int position = 0;
    while (position < size) {
      if (random.random() < Row.BLOCK_DENSITY && size - position >= 2) {
        int length = random.randint(1, Math.min(size - position, LONGEST));
        blocks.add(new Row.Block(position, length));
        position += length + random.randint(1, WIDEST_GAP);
      } else {
        position++;
      }
    }
    List<Integer> lengths =
        blocks.stream().map(Row.Block::length).sorted(Comparator.naturalOrder()).toList();
    int needed = lengths.stream().mapToInt(Integer::intValue).sum() + lengths.size() - 1;
    if (blocks.size() < 2 || needed > size) {
      return Optional.empty();
    }
    return RowPair.of(Row.withBlocks(size, blocks, color), MovingRules.lined(size, lengths, color));
  }

  /** Of two blocks the longer one takes colour 1, the shorter one colour 2. */
  static Optional<RowPair> recolorByLength(PythonRandom random, int size) {
    int first = random.randint(2, LONGEST_OF_TWO);
    int second = random.randint(2, LONGEST_OF_TWO);
    while (second == first) {
      second = random.randint(2, LONGEST_OF_TWO);
    }
    int needed = first + second + 1;
    if (needed > size) {
      return Optional.empty();
    }
    Row.Block left = new Row.Block(random.randint(0, size - needed), first);
    Row.Block right = new Row.Block(random.randint(left.end() + 1, size - second), second);
    int[] output = new int[size];
    left.paint(output, first > second ? 1 : 2);
    right.paint(output, first > second ? 2 : 1);
    return RowPair.of(Row.withBlocks(size, List.of(left, right), 3), output);
  }

  /** Blocks of one length take, in turn, the colours shown at the left end. */
  static Optional<RowPair> recolorFromPalette(PythonRandom random, int size) {
    int length = random.randint(2, 4);
    List<Integer> starts = new ArrayList<>();
    int position = 0;
    while (position + length <= size) {
      if (random.random() < Row.BLOCK_DENSITY) {
        starts.add(position);
        position += length;
      }
      position++;
    }
    while (!starts.isEmpty()
        && starts.get(starts.size() - 1) + length + starts.size() + 1 >= size) {
      starts.remove(starts.size() - 1);
    }
    if (starts.isEmpty()) {
      return Optional.empty();
    }
    int count = starts.size();
    List<Integer> palette = differentColors(random, count);
    int[] input = new int[size];
    IntStream.range(0, count).forEach(i -> input[i] = palette.get(i));
    int[] output = input.clone();
    for (int i = 0; i < count; i++) {
      Row.Block block = new Row.Block(starts.get(i) + count + 1, length);
      block.paint(input, UNPAINTED);
      block.paint(output, palette.get(i));
    }
    return RowPair.of(input, output);
  }

  private static List<Integer> differentColors(PythonRandom random, int count) {
    if (count > Row.LAST_COLOR) {
      // The original draws for ever here.
      throw new EmptyDrawException(count + " blocks need more colours than there are");
    }
    Set<Integer> colors = new LinkedHashSet<>();
    while (colors.size() < count) {
      colors.add(Row.color(random));
    }
    return List.copyOf(colors);
  }

  /** The left halves of blocks take another colour. */
  static Optional<RowPair> colorLeftHalves(PythonRandom random, int size) {
    List<Row.Block> blocks = new ArrayList<>();
    int position = 0;
    while (position < size) {
      if (random.random() < Row.BLOCK_DENSITY) {
        Row.Block block = new Row.Block(position, random.randint(2, size / 2));
        if (block.end() > size) {
          break;
        }
        blocks.add(block);
        position = block.end();
      }
      position++;
    }
    if (blocks.size() < 2) {
      return Optional.empty();
    }
    int[] input = Row.withBlocks(size, blocks, 2);
    int[] output = input.clone();
    blocks.forEach(b -> new Row.Block(b.start(), b.length() / 2).paint(output, HALF_COLOR));
    return RowPair.of(input, output);
  }

  /** Blocks of two cells get marks on both sides. */
  static Optional<RowPair> markPairs(PythonRandom random, int size) {
    if (size < 2 * WIDEST_GAP) {
      return Optional.empty();
    }
    int[] input = new int[size];
    List<Row.Block> pairs = new ArrayList<>();
    int position = 0;
    for (int length : lengthsAndHoles(random, size)) {
      if (length == 0) {
        position++;
        continue;
      }
      Row.Block block = new Row.Block(position, length);
      block.paint(input, Row.colorBeside(random, MARK));
      if (length == MARKED_LENGTH) {
        pairs.add(block);
      }
      position = block.end() + 2;
    }
    int[] output = input.clone();
    for (Row.Block pair : pairs) {
      if (pair.start() > 0) {
        output[pair.start() - 1] = MARK;
      }
      if (pair.end() < size) {
        output[pair.end()] = MARK;
      }
    }
    return RowPair.of(input, output);
  }

  /** Lengths of blocks, each followed by two empty cells, and single empty cells as 0. */
  private static List<Integer> lengthsAndHoles(PythonRandom random, int size) {
    List<Integer> lengths = new ArrayList<>(List.of(MARKED_LENGTH));
    int used = MARKED_LENGTH + 2;
    while (used < size) {
      if (random.random() < Row.BLOCK_DENSITY) {
        int length = random.randint(1, 3);
        if (used + length <= size) {
          lengths.add(length);
        }
        used += length + 2;
      } else {
        lengths.add(0);
        used++;
      }
    }
    random.shuffle(lengths);
    return lengths;
  }
}
