package io.amalgam.verifiers.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
  private static final List<String> NAMES = List.of("multiplex", "different-tokens", "gcd");

  @Test
  void typingErrorsCapitalsAndUnderscoresAreForgiven() {
    assertThat(NearestName.nearest("multiplx", NAMES)).contains("multiplex");
    assertThat(NearestName.nearest("Different_Tokens", NAMES)).contains("different-tokens");
    assertThat(NearestName.nearest("gdc", NAMES)).contains("gcd");
  }

  @Test
  void farNamesAreNotSuggested() {
    assertThat(NearestName.nearest("x", NAMES)).isEmpty();
    assertThat(NearestName.nearest("", NAMES)).isEmpty();
    assertThat(NearestName.nearest("sawtooth", NAMES)).isEmpty();
    assertThat(NearestName.nearest("multiplex".repeat(30), NAMES)).isEmpty();
  }

  @Test
  void theRemedyNamesOneOrAll() {
    assertThat(NearestName.suggestion("gdc", NAMES)).isEqualTo("did you mean \"gcd\"?");
    assertThat(NearestName.suggestion("sawtooth", NAMES))
        .isEqualTo("known are multiplex, different-tokens, gcd");
    assertThat(NearestName.suggestion("gdc", List.of())).isEqualTo("there is none to choose from");
  }
}
