package io.amalgam.verifiers.task.arc;

import io.amalgam.verifiers.python.PythonRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Rules that clean a block of noise. */
final class NoiseRules {
  private static final int MOST_NOISE_OUTSIDE = 3;
  private static final int SHORTEST_NOISY_BLOCK = 6;

  private NoiseRules() {}

  /** Single cells outside the block vanish. */
  static Optional<RowPair> removeOutside(PythonRandom random, int size) {
    int length = random.randint(2, size);
    Row.Block block = new Row.Block(random.randint(0, size - length), length);
    int color = Row.color(random);
    int[] output = new int[size];
    block.paint(output, color);
    int[] input = output.clone();
    boolean[] taken = new boolean[size];
    take(taken, block.start(), block.end());
    int count = random.randint(1, MOST_NOISE_OUTSIDE);
    for (int i = 0; i < count; i++) {
      List<Integer> free = IntStream.range(0, size).filter(p -> !taken[p]).boxed().toList();
      if (free.isEmpty()) {
        return Optional.empty();
      }
      int noise = random.choice(free);
      input[noise] = color;
      take(taken, noise, noise + 1);
    }
    return RowPair.of(input, output);
  }

  /** Takes cells and their neighbours. */
  private static void take(boolean[] taken, int start, int end) {
    Arrays.fill(taken, Math.max(start - 1, 0), Math.min(end + 1, taken.length), true);
  }

  /** Cells of other colours inside the block take its colour. */
  static Optional<RowPair> removeInside(PythonRandom random, int size) {
    if (size <= SHORTEST_NOISY_BLOCK) {
      return Optional.empty();
    }
    int length = random.randint(SHORTEST_NOISY_BLOCK, size);
    int start = random.randint(0, size - length);
    int color = Row.color(random);
    int[] output = new int[size];
    new Row.Block(start, length).paint(output, color);
    int[] input = output.clone();
    int count = random.randint(1, Math.max(1, length / 2 - 1));
    List<Integer> offsets = new ArrayList<>(IntStream.range(0, length).boxed().toList());
    random.shuffle(offsets);
    for (int offset : offsets.subList(0, count)) {
      int noise = Row.color(random);
      while (noise == color) {
        noise = Row.color(random);
      }
      input[start + offset] = noise;
    }
    return RowPair.of(input, output);
  }
}
