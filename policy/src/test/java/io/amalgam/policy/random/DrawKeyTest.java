package io.amalgam.policy.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class DrawKeyTest {
  @Test
  void everyFieldSlotAndPurposeHasItsOwnNumbers() {
    Set<Double> seen = new HashSet<>();
    int drawn = 0;
    for (long seed : new long[] {0, 1, 1L << 40}) {
      for (long group : new long[] {0, 1, 1L << 33, DrawKey.MAX_GROUP}) {
        for (int member : new int[] {0, 1, DrawKey.MAX_MEMBER}) {
          for (int position : new int[] {0, 1, DrawKey.MAX_POSITION}) {
            DrawKey key = new DrawKey(seed, group, member, position);
            for (int slot = 0; slot < 5; slot++) {
              seen.add(key.uniform(slot));
            }
            for (int purpose : new int[] {1, 2, 255}) {
              KeyedStream stream = key.stream(purpose);
              for (int i = 0; i < 5; i++) {
                seen.add(stream.nextUniform());
              }
            }
            drawn += 20;
          }
        }
      }
    }
    assertThat(seen).hasSize(drawn);
  }

  @Property(tries = 50, seed = "17")
  void valuesDependOnTheKeyAlone(
      @ForAll long seed,
      @ForAll @LongRange(min = 0, max = DrawKey.MAX_GROUP) long group,
      @ForAll @IntRange(min = 0, max = DrawKey.MAX_MEMBER) int member,
      @ForAll @IntRange(min = 0, max = DrawKey.MAX_POSITION) int position) {
    DrawKey key = new DrawKey(seed, group, member, position);
    double third = key.uniform(3);
    key.stream(1).nextNormal();
    assertThat(new DrawKey(seed, group, member, 0).at(position).uniform(3)).isEqualTo(third);
    assertThat(third).isBetween(0.0, 1.0).isNotIn(0.0, 1.0);
  }

  @Test
  void fieldsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new DrawKey(0, -1, 0, 0)).hasMessageContaining("group -1");
    assertThatThrownBy(() -> new DrawKey(0, 0, 4096, 0)).hasMessageContaining("member 4096");
    assertThatThrownBy(() -> new DrawKey(0, 0, 0, 1 << 24)).hasMessageContaining("position");
    assertThatThrownBy(() -> new DrawKey(0, 0, 0, 0).stream(0)).hasMessageContaining("purpose");
    assertThatThrownBy(() -> new DrawKey(0, 0, 0, 0).uniform(-1)).hasMessageContaining("slot");
  }

  @Test
  void momentsOfUniformNormalAndGammaAreRight() {
    int n = 20_000;
    double uniform = 0;
    double normal = 0;
    double square = 0;
    double small = 0;
    double large = 0;
    KeyedStream s = new DrawKey(7, 0, 0, 0).stream(1);
    for (int i = 0; i < n; i++) {
      uniform += s.nextUniform() / n;
      double x = s.nextNormal();
      normal += x / n;
      square += x * x / n;
      small += Math.exp(s.nextLogGamma(0.3)) / n;
      large += Math.exp(s.nextLogGamma(4)) / n;
    }
    // Five standard errors.
    assertThat(uniform).isCloseTo(0.5, within(5 * Math.sqrt(1.0 / 12 / n)));
    assertThat(normal).isCloseTo(0, within(5 * Math.sqrt(1.0 / n)));
    assertThat(square).isCloseTo(1, within(5 * Math.sqrt(2.0 / n)));
    assertThat(small).isCloseTo(0.3, within(5 * Math.sqrt(0.3 / n)));
    assertThat(large).isCloseTo(4, within(5 * Math.sqrt(4.0 / n)));
  }

  @Test
  void tinyGammaShapesStayFiniteInLogSpace() {
    KeyedStream s = new DrawKey(7, 0, 0, 0).stream(1);
    for (int i = 0; i < 100; i++) {
      assertThat(s.nextLogGamma(1e-4)).isFinite();
    }
  }
}
