package io.amalgam.actors.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.amalgam.policy.text.Preamble;
import io.amalgam.policy.text.PromptFormat;
import io.amalgam.policy.text.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreambleTest {
  private static RunSettings settings(String... assignments) {
    return SettingsLoader.load(List.of(), List.of(assignments)).settings();
  }

  @Test
  void nothingStandsAboveTheQuestionByDefault() {
    assertThat(settings().preamble()).isEqualTo(Preamble.none());
  }

  @Test
  void demonstrationsAreEarlierTurnsOfTheConversation() {
    Preamble preamble = settings("model.demonstrations=2").preamble();
    assertThat(preamble.demonstrations()).hasSize(2);
    try (Tokenizer tokenizer = Tokenizer.open(Path.of("../models/seedling"))) {
      String text = PromptFormat.of(tokenizer, preamble).text("What is 1 + 1?");
      assertThat(text.split("<\\|im_start\\|>user", -1)).hasSize(1 + 3);
      assertThat(text).endsWith("assistant\n<think>");
      for (Preamble.Demonstration shown : preamble.demonstrations()) {
        assertThat(text).contains(shown.question()).contains("<think>" + shown.completion());
      }
    }
  }
}
