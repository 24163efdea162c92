package io.amalgam.policy.decode;

import java.util.Arrays;

/** The set of ids that end a sequence. */
record EndIds(int[] sorted) {
  EndIds {
    sorted = sorted.clone();
    Arrays.sort(sorted);
  }

  boolean contains(int id) {
    return Arrays.binarySearch(sorted, id) >= 0;
  }
}
