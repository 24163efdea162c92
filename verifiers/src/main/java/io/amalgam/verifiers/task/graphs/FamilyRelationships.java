package io.amalgam.verifiers.task.graphs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonCase;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonText;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.List;
import java.util.Optional;

/** What one member of a family is to another one, from a story about marriages and children. */
public final class FamilyRelationships extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("family_relationships", "graphs")
          .integer("min_family_size", 4)
          .integer("max_family_size", 8)
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
              "Peter",
              "Daniel",
              "Matthew",
              "Christopher",
              "Andrew",
              "George",
              "Edward",
              "Benjamin",
              "Henry",
              "Samuel",
              "Alexander",
              "Oliver",
              "Jack",
              "Harry",
              "Jacob",
              "Noah",
              "Ethan",
              "Lucas",
              "Mason",
              "Logan",
              "Sebastian",
              "Theodore",
              "Owen",
              "Liam",
              "Aiden",
              "Kai",
              "Jayden",
              "Zion",
              "Phoenix",
              "Atlas",
              "Axel",
              "Ryder",
              "Finn")
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
              "Karen",
              "Emma",
              "Lisa",
              "Anna",
              "Margaret",
              "Victoria",
              "Charlotte",
              "Sophia",
              "Isabella",
              "Olivia",
              "Ava",
              "Mia",
              "Emily",
              "Abigail",
              "Amelia",
              "Eleanor",
              "Grace",
              "Alice",
              "Lucy",
              "Chloe",
              "Sophie",
              "Lily",
              "Hannah",
              "Zoe",
              "Luna",
              "Nova",
              "Aria",
              "Willow",
              "Aurora",
              "Sage",
              "River",
              "Winter",
              "Sky",
              "Rain")
          .madeBy(FamilyRelationships::new);

  private static final int LARGEST_FAMILY = 1_000_000;

  /** Draws of two persons before giving up; Python's recursion ends at about this depth. */
  private static final int MOST_PAIRS = 950;

  private static final List<Wording> QUESTIONS =
      List.of(
          new Wording(
              "What is ",
              " to ",
              "? Respond only with the word that describes their relationship."),
          new Wording("How is ", " related to ", "? Provide the relationship in one word."),
          new Wording("What relation is ", " to ", "? Answer with a single word."));

  private final Config config;

  private FamilyRelationships(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  /** The words of a question around two names. */
  private record Wording(String before, String between, String after) {
    String question(FamilyMember first, FamilyMember second) {
      return before + first.writtenName() + between + second.writtenName() + after;
    }
  }

  private record Config(int minSize, int maxSize, FamilyNames names) {
    static Config of(FieldValues values) {
      int minSize = values.count("min_family_size", 3, LARGEST_FAMILY);
      values.requireAtLeast("max_family_size", "min_family_size");
      int maxSize = values.count("max_family_size", 3, LARGEST_FAMILY);
      return new Config(
          minSize,
          maxSize,
          new FamilyNames(names(values, "male_names"), names(values, "female_names")));
    }

    private static List<String> names(FieldValues values, String field) {
      List<String> names = values.anyTexts(field);
      values.require(!names.isEmpty(), field, "a list with at least one element");
      return names;
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int size = random.randint(config.minSize, config.maxSize);
    Family family = new Family(random, size, config.names);
    Optional<String> relation = Optional.empty();
    List<FamilyMember> pair = List.of();
    for (int i = 0; i < MOST_PAIRS && relation.isEmpty(); i++) {
      pair = random.sample(family.members(), 2);
      relation = pair.get(0).relationTo(pair.get(1));
    }
    String answer =
        relation.orElseThrow(() -> cannotGenerate(index, "no two members with a named relation"));
    FamilyMember first = pair.get(0);
    FamilyMember second = pair.get(1);
    String question = family.story() + "\n\n" + random.choice(QUESTIONS).question(first, second);
    ObjectNode metadata = metadata(index);
    putName(metadata, "person1", first);
    putName(metadata, "person2", second);
    metadata.put("relationship", answer);
    metadata.put("family_size", family.members().size());
    metadata
        .putObject("difficulty")
        .set("family_size", JsonValues.range(config.minSize, config.maxSize));
    return problem(index, question, answer, metadata);
  }

  private static void putName(ObjectNode metadata, String field, FamilyMember member) {
    member.name().ifPresentOrElse(name -> metadata.put(field, name), () -> metadata.putNull(field));
  }

  /** The word counts; case and white space around do not. */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    boolean right =
        answer.isPresent() && answer.map(this::plain).equals(problem.answer().map(this::plain));
    return Verdict.Scored.of(right ? 1.0 : 0.0);
  }

  private String plain(String text) {
    return PythonCase.lower(PythonText.strip(text));
  }
}
