package io.amalgam.verifiers.task.code;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.Task;
import io.amalgam.verifiers.task.TaskCatalog;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BfTest {
  /** Runs a program whose cells hold one byte. */
  private static String run(String program) {
    int[] partner = new int[program.length()];
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < program.length(); i++) {
      if (program.charAt(i) == '[') {
        open.push(i);
      } else if (program.charAt(i) == ']') {
        partner[i] = open.pop();
        partner[partner[i]] = i;
      }
    }
    byte[] cells = new byte[100];
    int cell = 0;
    StringBuilder output = new StringBuilder();
    for (int i = 0; i < program.length(); i++) {
      switch (program.charAt(i)) {
        case '>' -> cell++;
        case '<' -> cell--;
        case '+' -> cells[cell]++;
        case '-' -> cells[cell]--;
        case '.' -> output.append((char) (cells[cell] & 0xff));
        case '[' -> i = cells[cell] == 0 ? partner[i] : i;
        default -> i = cells[cell] == 0 ? i : partner[i];
      }
    }
    assertThat(cell).as("where the program ends").isZero();
    return output.toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void programsPrintTheAnswer(int difficulty) {
    Task task =
        TaskCatalog.standard()
            .create(
                "bf",
                JsonNodeFactory.instance.objectNode().put("difficulty", difficulty),
                BigInteger.ONE,
                100);
    for (int i = 0; i < 100; i++) {
      Problem problem = task.problem(i);
      String program = problem.metadata().get("bf_program").textValue();
      assertThat(problem.question()).contains(program);
      assertThat(run(program)).isEqualTo(problem.answer().orElseThrow());
    }
  }

  @Test
  void allBytesArePrintedInDecimal() {
    for (int value = 0; value < 256; value++) {
      String program = new BrainfuckProgram(1).number(value).store(1).printDecimal(1).end();
      assertThat(run(program)).isEqualTo(Integer.toString(value));
    }
  }

  @Test
  void wordsAreCompiledAsRecorded() {
    assertThat(new BrainfuckProgram(0).print("onset").end())
        .isEqualTo(
            ">[-]>[-]<>++++++++++[<+++++++++++>-]<+.-.+++++.--------------.+++++++++++++++.<");
  }
}
