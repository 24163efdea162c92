package io.amalgam.verifiers.task.arithmetic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How many ones a number has in binary. */
public final class CountBits extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("count_bits", "arithmetic")
          .integer("min_n", 1)
          .integer("max_n", Integer.MAX_VALUE)
          .madeBy(CountBits::new);

  private record Config(BigInteger minN, BigInteger maxN) {}

  private final Config config;

  private CountBits(TaskSetup setup) {
    super(setup);
    config = new Config(setup.values().integer("min_n"), setup.values().integer("max_n"));
    setup.values().require(config.minN.signum() > 0, "min_n", "at least 1");
    setup.values().requireAtLeast("max_n", "min_n");
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    BigInteger number = random.randint(config.minN, config.maxN);
    ObjectNode metadata = metadata(index);
    metadata.set("number", JsonValues.integer(number));
    metadata.put("solution", number.bitCount()).put("binary", number.toString(2));
    metadata.set("n", JsonValues.integer(number));
    metadata.putObject("difficulty").set("n", JsonValues.range(config.minN, config.maxN));
    String question =
        "How many 1 bits are there in the binary representation of the number " + number + "?";
    return problem(index, question, Integer.toString(number.bitCount()), metadata);
  }

  /** The number halved until it is 1, each with the ones seen so far: {@code 5:1;2:1;1:2}. */
  @Override
  public Optional<String> workedSolution(Problem problem) {
    List<String> steps = new ArrayList<>();
    int ones = 0;
    BigInteger left = problem.metadata().get("number").bigIntegerValue();
    for (; left.signum() > 0; left = left.shiftRight(1)) {
      ones += left.testBit(0) ? 1 : 0;
      steps.add(left + ":" + ones);
    }
    return Optional.of(String.join(";", steps));
  }
}
