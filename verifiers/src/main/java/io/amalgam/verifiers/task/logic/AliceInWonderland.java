package io.amalgam.verifiers.task.logic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import java.util.List;

/**
 * How many sisters, female friends or female colleagues someone else has (Nezhurina et al., "Alice
 * in Wonderland", 2024).
 */
public final class AliceInWonderland extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("aiw", "logic")
          .texts(
              "male_names",
              "James",
              "John",
              "Robert",
              "Michael",
              "William",
              "David",
              "Richard",
              "Joseph",
              "Thomas",
              "Charles",
              "Bob")
          .texts(
              "female_names",
              "Mary",
              "Patricia",
              "Jennifer",
              "Linda",
              "Elizabeth",
              "Barbara",
              "Susan",
              "Jessica",
              "Sarah",
              "Margaret",
              "Alice")
          .texts("task_types", "siblings", "friends", "colleagues")
          .numbers("task_type_weights", 1 / 3.0, 1 / 3.0, 1 / 3.0)
          .integer("max_entities", 6)
          .madeBy(AliceInWonderland::new);

  private static final int MOST_ENTITIES = 1_000_000_000;

  /** Arguments: her name, his name, the first number (male), the second number (female). */
  private static final List<String> SIBLINGS =
      List.of(
          "%1$s has %3$d brothers and she also has %4$d sisters. "
              + "How many sisters does %1$s's brother have?",
          "%1$s has %4$d sisters and she also has %3$d brothers. "
              + "How many sisters does %2$s's brother have?");

  private static final List<String> FRIENDS =
      List.of(
          "%1$s has %3$d male friends and she also has %4$d female friends. "
              + "They all are friends with each other and have no other friends aside. "
              + "How many female friends does %2$s, a male friend of %1$s, have?");

  /** Two more arguments: numbers of men and women in his circle. */
  private static final List<String> COLLEAGUES =
      List.of(
          "%1$s has %3$d male colleagues and she also has %4$d female colleagues. "
              + "These are all colleagues that %1$s has. "
              + "All these mentioned persons around %1$s are colleagues of each other. "
              + "%2$s has %5$d male colleagues and %6$d female colleagues in total. "
              + "All these mentioned persons around %2$s are colleagues of each other. "
              + "The people in the circle around %2$s do not have other colleagues aside - "
              + "with the only exception of Matilda. "
              + "She is colleague of %2$s and she is also colleague of %1$s, "
              + "being part of %1$s's circle. How many female colleagues does Matilda have?");

  private final Config config;

  private AliceInWonderland(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(
      List<String> maleNames,
      List<String> femaleNames,
      List<String> types,
      JsonNode writtenWeights,
      List<Double> weights,
      int maxEntities) {
    static Config of(FieldValues values) {
      List<String> maleNames = values.anyTexts("male_names");
      values.require(!maleNames.isEmpty(), "male_names", "a list with at least one element");
      List<String> femaleNames = values.anyTexts("female_names");
      values.require(femaleNames.contains("Alice"), "female_names", "a list that contains Alice");
      List<String> types = values.texts("task_types", List.of("siblings", "friends", "colleagues"));
      List<Double> weights = values.numbers("task_type_weights");
      values.require(
          weights.size() == types.size(), "task_type_weights", "one number per task type");
      double total = weights.stream().mapToDouble(Double::doubleValue).sum();
      values.require(total > 0, "task_type_weights", "numbers with a positive sum");
      return new Config(
          maleNames,
          femaleNames,
          types,
          values.json("task_type_weights").deepCopy(),
          weights,
          values.count("max_entities", 1, MOST_ENTITIES));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    double[] weights = config.weights.stream().mapToDouble(Double::doubleValue).toArray();
    String type = random.choices(config.types, weights, 1).get(0);
    String she = random.choice(config.femaleNames);
    String he = random.choice(config.maleNames);
    int male = random.randint(1, config.maxEntities);
    int female = random.randint(1, config.maxEntities);
    String question;
    switch (type) {
      case "siblings":
        question = random.choice(SIBLINGS).formatted(she, he, male, female);
        break;
      case "friends":
        question = random.choice(FRIENDS).formatted(she, he, male, female);
        break;
      default:
        int otherMale = random.randint(1, config.maxEntities);
        int otherFemale = random.randint(1, config.maxEntities);
        question =
            random.choice(COLLEAGUES).formatted(she, he, male, female, otherMale, otherFemale);
    }
    ObjectNode metadata = metadata(index);
    metadata.put("task_type", type);
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("task_type_weights", config.writtenWeights.deepCopy());
    difficulty.put("num_entities", config.maxEntities);
    // She is the one more: she is not among those she has.
    return problem(index, question, Integer.toString(female + 1), metadata);
  }
}
