package io.amalgam.verifiers.task.arithmetic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How many legs a list of animals has in total. */
public final class LegCounting extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("leg_counting", "arithmetic")
          .integer("min_animals", 3)
          .integer("max_animals", 10)
          .integer("min_instances", 1)
          .integer("max_instances", 15)
          .madeBy(LegCounting::new);

  /**
   * The animals in the order of the original, which decides the draws, grouped by their number of
   * legs.
   */
  private static final Map<String, Integer> LEGS = new LinkedHashMap<>();

  static {
    legs(0, "snake", "sea slug", "jellyfish", "flatworm", "leech");
    legs(2, "chicken", "bird", "human", "duck");
    legs(4, "dog", "cat", "cow", "horse", "lion", "elephant", "giraffe", "tiger", "deer", "sheep");
    legs(5, "starfish");
    legs(
        6,
        "insect",
        "ant",
        "butterfly",
        "beetle",
        "bee",
        "wasp",
        "grasshopper",
        "cricket",
        "cockroach");
    legs(6, "praying mantis", "firefly");
    legs(8, "spider", "scorpion");
    legs(10, "crab", "lobster", "shrimp");
    legs(14, "woodlouse");
  }

  private static void legs(int legs, String... animals) {
    for (String animal : animals) {
      LEGS.put(animal, legs);
    }
  }

  private final Config config;

  private LegCounting(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(
      int minAnimals, int maxAnimals, BigInteger minInstances, BigInteger maxInstances) {
    static Config of(FieldValues values) {
      int minAnimals = values.count("min_animals", 1, LEGS.size());
      values.requireAtLeast("max_animals", "min_animals");
      int maxAnimals = values.count("max_animals", 1, LEGS.size());
      values.require(values.integer("min_instances").signum() > 0, "min_instances", "at least 1");
      values.requireAtLeast("max_instances", "min_instances");
      return new Config(
          minAnimals, maxAnimals, values.integer("min_instances"), values.integer("max_instances"));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int kinds = random.randint(config.minAnimals, config.maxAnimals);
    List<String> drawn = random.sample(List.copyOf(LEGS.keySet()), kinds);
    ObjectNode metadata = metadata(index);
    ObjectNode animals = metadata.putObject("animals");
    List<String> phrases = new ArrayList<>();
    BigInteger total = BigInteger.ZERO;
    for (String animal : drawn) {
      BigInteger count = random.randint(config.minInstances, config.maxInstances);
      animals.set(animal, JsonValues.integer(count));
      phrases.add(count + " " + animal + (count.equals(BigInteger.ONE) ? "" : "s"));
      total = total.add(count.multiply(legsOf(animal)));
    }
    metadata.put("num_animals", kinds);
    metadata.set("total_legs", JsonValues.integer(total));
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("num_animals", JsonValues.range(config.minAnimals, config.maxAnimals));
    difficulty.set("num_instances", JsonValues.range(config.minInstances, config.maxInstances));
    String question =
        "Your task is to count how many legs there are in total when given a list of animals.\n\n"
            + "Now, how many legs are there in total if you have "
            + String.join(", ", phrases)
            + "?\n";
    return problem(index, question, total.toString(), metadata);
  }

  private static BigInteger legsOf(String animal) {
    return BigInteger.valueOf(LEGS.getOrDefault(animal, 0));
  }

  /** Count times legs of each animal, then the running sum: {@code 1*8=8;1*4=4;8+4=12}. */
  @Override
  public Optional<String> workedSolution(Problem problem) {
    List<String> steps = new ArrayList<>();
    List<BigInteger> products = new ArrayList<>();
    for (Map.Entry<String, JsonNode> animal : problem.metadata().get("animals").properties()) {
      BigInteger count = animal.getValue().bigIntegerValue();
      BigInteger product = count.multiply(legsOf(animal.getKey()));
      steps.add(count + "*" + legsOf(animal.getKey()) + "=" + product);
      products.add(product);
    }
    BigInteger total = products.get(0);
    for (BigInteger product : products.subList(1, products.size())) {
      steps.add(total + "+" + product + "=" + total.add(product));
      total = total.add(product);
    }
    return Optional.of(String.join(";", steps));
  }
}
