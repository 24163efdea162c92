package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import java.util.BitSet;

/** How many primes lie in an interval. */
public final class CountPrimes extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("count_primes", "algorithmic")
          .integer("min_n", 1)
          .integer("max_n", 10_000)
          .madeBy(CountPrimes::new);

  private static final int LARGEST = 100_000_000;

  private final SizeRange range;
  private final BitSet primes;

  private CountPrimes(TaskSetup setup) {
    super(setup);
    range = SizeRange.of(setup.values(), "min_n", "max_n", 1, LARGEST);
    primes = primesUpTo(range.high());
  }

  /** The sieve of Eratosthenes. */
  private static BitSet primesUpTo(int limit) {
    BitSet primes = new BitSet(limit + 1);
    primes.set(2, Math.max(2, limit + 1));
    for (int prime = 2; (long) prime * prime <= limit; prime = primes.nextSetBit(prime + 1)) {
      for (int multiple = prime * prime; multiple <= limit; multiple += prime) {
        primes.clear(multiple);
      }
    }
    return primes;
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int start = range.draw(random);
    int end = random.randint(start, range.high());
    ObjectNode metadata = metadata(index).put("start", start).put("end", end);
    ArrayNode found = metadata.putArray("primes");
    for (int p = primes.nextSetBit(start); p >= 0 && p <= end; p = primes.nextSetBit(p + 1)) {
      found.add(p);
    }
    metadata.put("solution", found.size());
    metadata.set("n", JsonValues.range(start, end));
    metadata.putObject("difficulty").set("n", range.json());
    String question =
        "Count how many prime numbers there are between "
            + start
            + " and "
            + end
            + " (inclusive) ?";
    return problem(index, question, Integer.toString(found.size()), metadata);
  }
}
