package io.amalgam.verifiers.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hashes and small letters of texts, as CPython 3.11 with PYTHONHASHSEED=0 gives them. */
class PythonTextTest {
  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "a, 4644417185603328019",
    "abc, -4594863902769663758",
    "CATS, 6378548753145894802",
    "lighthouse, -673297090930214375",
    "twelve bytes, -5645546290371890710",
    "\u00e9, 6047309291227476195",
    "\u03a3\u0391\u03a3, 7097786018752801538",
    "\ud801\udc00x, -4994307601532697904",
  })
  void hashes(String text, long hash) {
    assertThat(PythonHash.of(text)).isEqualTo(hash);
  }

  @Test
  void setsOfTextsIterateByHash() {
    PythonSet<String> set = new PythonSet<>();
    for (String word :
        new String[] {"BATS", "CUTS", "COTS", "RATS", "CARS", "CATS", "OATS", "EATS"}) {
      set.add(word);
    }
    assertThat(set).containsExactly("BATS", "CARS", "RATS", "CATS", "EATS", "CUTS", "COTS", "OATS");
  }

  @ParameterizedTest
  @CsvSource({
    "\u03a3\u0391\u03a3 \u039f\u0394\u039f\u03a3, \u03c3\u03b1\u03c2 \u03bf\u03b4\u03bf\u03c2",
    "\u03a3, \u03c3",
    "\u0391\u03a3., \u03b1\u03c2.",
    "\u0391\u03a3\u2019\u0391, \u03b1\u03c3\u2019\u03b1",
    "1\u03a3, 1\u03c3",
    "\u0130STANBUL, i\u0307stanbul",
    "\u0391\u03a3\u03a3, \u03b1\u03c3\u03c2",
    "Plain TEXT, plain text",
  })
  void smallLetters(String text, String lower) {
    assertThat(PythonCase.lower(text)).isEqualTo(lower);
  }

  @Test
  void smallLettersTakeLinearTime() {
    for (String letter : new String[] {"\u03a3", "\u0130"}) {
      assertTimeout(Duration.ofSeconds(20), () -> PythonCase.lower(letter.repeat(1 << 20)));
    }
  }
}
