package io.amalgam.actors.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsageTest {
  @Test
  void helpListsVerbs() {
    Cli help = Cli.run("--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("validate").contains("run-local");
  }

  @Test
  void unknownVerbIsOneLineWithSuggestion() {
    Cli wrong = Cli.run("valdate");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err())
        .isEqualTo("amalgam: unknown verb \"valdate\" – did you mean validate?\n");
    assertThat(wrong.out()).isEmpty();
  }

  @Test
  void unknownOptionIsOneLineWithSuggestion() {
    Cli wrong = Cli.run("validate", "--confg", "x");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("unknown option --confg").contains("did you mean --config?");
    assertThat(wrong.err().lines()).hasSize(1);
  }

  @Test
  void optionWithoutValueIsUsageError() {
    Cli wrong = Cli.run("validate", "--set");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).startsWith("amalgam: ").contains("--set").contains(" – ");
    assertThat(wrong.err().lines()).hasSize(1);
  }

  @Test
  void badConfigurationEndsWithOneLineAndCode2() {
    Cli wrong = Cli.run("validate", "--set", "mixture.k=0");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err())
        .isEqualTo("amalgam: mixture.k = 0 is out of range – give a whole number from 1 to 16\n");
  }

  @Test
  void validatePrintsTheResolvedConfiguration() {
    Cli ok = Cli.run("validate", "--set", "run.seed=77");
    assertThat(ok.code()).isZero();
    assertThat(ok.out()).contains("seed=77");
    Cli json = Cli.run("validate", "--json", "--set", "run.seed=77");
    assertThat(json.out()).startsWith("{").contains("\"seed\":77");
  }
}
