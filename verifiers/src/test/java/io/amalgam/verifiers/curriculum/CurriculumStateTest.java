package io.amalgam.verifiers.curriculum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class CurriculumStateTest {
  @Test
  void isTheSameAfterACheckpoint() throws Exception {
    CurriculumState state =
        CurriculumState.initial()
            .advanced()
            .judged("gcd", 8, 3)
            .judged("gcd", 8, 8)
            .judged("chain_sum", 8, 0)
            .advanced();
    assertThat(state.nextOrdinal()).isEqualTo(2);
    assertThat(state.tasks()).containsEntry("gcd", new CurriculumState.Counter(16, 11));
    ObjectNode json = (ObjectNode) new ObjectMapper().readTree(state.toJson().toString());
    assertThat(CurriculumState.fromJson(json)).isEqualTo(state);
  }

  @Test
  void impossibleStatesAreRefused() {
    assertThatThrownBy(() -> CurriculumState.initial().judged("gcd", 1, 2))
        .isInstanceOf(IllegalArgumentException.class);
    ObjectNode empty = new ObjectMapper().createObjectNode();
    assertThatThrownBy(() -> CurriculumState.fromJson(empty)).hasMessageContaining("next_ordinal");
  }
}
