package io.amalgam.verifiers.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkedSolutionTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static String solution(String name, String metadata) throws Exception {
    Task task = TaskCatalog.standard().create(name, JSON.createObjectNode(), BigInteger.ZERO, 1);
    Problem problem =
        new Problem(name, 0, "", Optional.of(""), (ObjectNode) JSON.readTree(metadata));
    return task.workedSolution(problem).orElseThrow();
  }

  @Test
  void sumsAreWorkedFromTheLeft() throws Exception {
    assertThat(solution("chain_sum", "{\"expression\":\"8 + 0 + 7\"}")).isEqualTo("8+0=8;8+7=15");
    assertThat(solution("chain_sum", "{\"expression\":\"3 - 8 + 2\"}")).isEqualTo("3-8=-5;-5+2=-3");
    assertThat(solution("chain_sum", "{\"expression\":\"3 - -8\"}")).isEqualTo("3--8=11");
  }

  @Test
  void divisorsAreWorkedByEuclid() throws Exception {
    assertThat(solution("gcd", "{\"numbers\":[18,33]}")).isEqualTo("33=18*1+15;18=15*1+3;15=3*5+0");
    assertThat(solution("gcd", "{\"numbers\":[33,18]}")).isEqualTo("33=18*1+15;18=15*1+3;15=3*5+0");
    assertThat(solution("gcd", "{\"numbers\":[6,6]}")).isEqualTo("6=6*1+0");
    assertThat(solution("gcd", "{\"numbers\":[4,6,10]}")).isEqualTo("6=4*1+2;4=2*2+0;10=2*5+0");
  }

  @Test
  void legsAreMultipliedThenAdded() throws Exception {
    assertThat(solution("leg_counting", "{\"animals\":{\"spider\":1,\"dog\":1}}"))
        .isEqualTo("1*8=8;1*4=4;8+4=12");
    assertThat(solution("leg_counting", "{\"animals\":{\"snake\":3,\"bee\":2,\"crab\":1}}"))
        .isEqualTo("3*0=0;2*6=12;1*10=10;0+12=12;12+10=22");
  }

  @Test
  void bitsAreCountedByHalving() throws Exception {
    assertThat(solution("count_bits", "{\"number\":319}"))
        .isEqualTo("319:1;159:2;79:3;39:4;19:5;9:6;4:6;2:6;1:7");
  }

  @Test
  void everyWorkedSolutionEndsInTheAnswer() {
    for (String name : TaskCatalog.standard().names()) {
      Task task = TaskCatalog.standard().create(name, JSON.createObjectNode(), BigInteger.TEN, 100);
      for (int i = 0; i < 100; i++) {
        Problem problem = task.problem(i);
        Optional<String> solution = task.workedSolution(problem);
        if (name.equals("gcd")) {
          String last = solution.orElseThrow().replaceAll(".*=", "");
          assertThat(last).startsWith(problem.answer().orElseThrow() + "*").endsWith("+0");
        } else if (solution.isPresent()) {
          assertThat(solution.get()).matches("(?s).*[=:]" + problem.answer().orElseThrow());
        }
      }
    }
  }
}
