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
            .with("gcd", new TaskProgress(16, 11, 2, 0.6875, 3, 1, 0, 2, 77))
            .with("chain_sum", new TaskProgress(8, 0, 1, 1.0 / 3, -1, 0, 2, 0, 0))
            .advanced();
    assertThat(state.nextOrdinal()).isEqualTo(2);
    ObjectNode json = (ObjectNode) new ObjectMapper().readTree(state.toJson().toString());
    assertThat(CurriculumState.fromJson(json)).isEqualTo(state);
  }

  @Test
  void checkpointsFromBeforeThereWereCurriculaAreRead() throws Exception {
    ObjectNode json =
        (ObjectNode)
            new ObjectMapper()
                .readTree("{\"next_ordinal\":5,\"tasks\":{\"gcd\":{\"seen\":8,\"solved\":3}}}");
    assertThat(CurriculumState.fromJson(json).of("gcd"))
        .isEqualTo(new TaskProgress(8, 3, 0, 0.5, -1, 0, 0, 0, 0));
  }

  @Test
  void impossibleStatesAreRefused() {
    assertThatThrownBy(() -> new TaskProgress(1, 2, 0, 0.5, -1, 0, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    ObjectNode empty = new ObjectMapper().createObjectNode();
    assertThatThrownBy(() -> CurriculumState.fromJson(empty)).hasMessageContaining("next_ordinal");
  }
}
