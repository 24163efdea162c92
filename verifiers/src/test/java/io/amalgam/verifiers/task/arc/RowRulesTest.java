package io.amalgam.verifiers.task.arc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amalgam.verifiers.python.EmptyDrawException;
import io.amalgam.verifiers.python.PythonRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of one-dimensional grids. */
class RowRulesTest {

  static Iterable<String> names() {
    return RowRules.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyRuleFitsTheSmallestRow(String name) {
    PythonRandom random = new PythonRandom(1);
    Optional<RowPair> pair = Optional.empty();
    for (int attempt = 0; attempt < 1000 && pair.isEmpty(); attempt++) {
      pair = RowRules.named(name).draw(random, 8);
    }
    assertThat(pair).isPresent();
    assertThat(input(pair.get())).hasSize(15);
    assertThat(output(pair.get())).hasSize(15);
  }

  @Test
  void mirrorAndInverseChangeWhatTheRuleDraws() {
    RowRule rule = MovingRules.move(1, true);
    RowPair pair = rule.draw(new PythonRandom(5), 10).orElseThrow();
    RowPair mirrored = rule.mirrored().draw(new PythonRandom(5), 10).orElseThrow();
    RowPair inverse = rule.inverse().draw(new PythonRandom(5), 10).orElseThrow();
    assertThat(new StringBuilder(input(mirrored)).reverse()).hasToString(input(pair));
    assertThat(input(inverse)).isEqualTo(output(pair));
    assertThat(output(inverse)).isEqualTo(input(pair));
  }

  @Test
  void aPaletteOfMoreThanNineColorsIsRefused() {
    RowRule rule = RowRules.named("recolor_blocks_from_palette");
    PythonRandom random = new PythonRandom(3);
    assertThatThrownBy(
            () -> {
              for (int attempt = 0; attempt < 100; attempt++) {
                rule.draw(random, 300);
              }
            })
        .isInstanceOf(EmptyDrawException.class)
        .hasMessageContaining("colours");
  }

  private static String input(RowPair pair) {
    StringBuilder text = new StringBuilder();
    pair.writeInput(text);
    return text.toString();
  }

  private static String output(RowPair pair) {
    StringBuilder text = new StringBuilder();
    pair.writeOutput(text);
    return text.toString();
  }
}
