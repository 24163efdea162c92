package io.amalgam.policy.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhiloxTest {
  @Test
  void answersAreThoseOfThePaper() {
    check(new int[4], 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
    check(new int[] {-1, -1, -1, -1}, -1, -1, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
    check(
        new int[] {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
        0xa4093822,
        0x299f31d0,
        0xd16cfe09,
        0x94fdcceb,
        0x5001e420,
        0x24126ea1);
  }

  @Test
  void uniformsExcludeTheirEnds() {
    assertThat(Philox.uniform(0, 0)).isGreaterThan(0).isLessThan(1e-15);
    assertThat(Philox.uniform(-1, -1)).isLessThan(1).isGreaterThan(1 - 1e-15);
  }

  private static void check(int[] counter, int k0, int k1, int... expected) {
    Philox.apply(counter, k0, k1);
    assertThat(counter).containsExactly(expected);
  }
}
