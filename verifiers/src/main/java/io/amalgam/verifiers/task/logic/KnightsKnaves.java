package io.amalgam.verifiers.task.logic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.NumpyGenerator;
import io.amalgam.verifiers.python.PythonCase;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonText;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import io.amalgam.verifiers.task.logic.IslandStatements.Riddle;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who always tells the truth and who always lies, from what everyone says (Xie et al., "On
 * Memorization of Large Language Models in Logical Reasoning", 2024).
 */
public final class KnightsKnaves extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("knights_knaves", "logic")
          .integer("n_people", 2)
          .integer("depth_constraint", 2)
          .integer("width_constraint", 2)
          .madeBy(KnightsKnaves::new);

  /** All assignments are tried. */
  private static final int MOST_PEOPLE = 24;

  private static final int MOST_DEPTH = 100;
  private static final int MOST_WIDTH = 1_000_000;
  private static final BigInteger LARGEST_SEED = BigInteger.ONE.shiftLeft(32);
  private static final double PARTIAL_BASE = 0.3;
  private static final double PARTIAL_SHARE = 0.7;

  private static final List<String> NAMES =
      List.of(
          "Emma",
          "Liam",
          "Olivia",
          "Noah",
          "Ava",
          "Ethan",
          "Sophia",
          "Mason",
          "Isabella",
          "William",
          "Mia",
          "James",
          "Charlotte",
          "Benjamin",
          "Amelia",
          "Lucas",
          "Harper",
          "Henry",
          "Evelyn",
          "Alexander",
          "Abigail",
          "Michael",
          "Emily",
          "Daniel",
          "Elizabeth",
          "Jacob",
          "Sofia",
          "Logan",
          "Avery",
          "Jackson",
          "Ella",
          "Sebastian",
          "Scarlett",
          "Jack",
          "Grace",
          "Aiden",
          "Chloe",
          "Owen",
          "Victoria",
          "Samuel",
          "Riley",
          "Matthew",
          "Aria",
          "Joseph",
          "Lily",
          "Luke",
          "Aurora",
          "David",
          "Zoey",
          "Oliver",
          "Penelope");

  /** What those who tell the truth and those who lie are called, with articles. */
  private record Roles(String truthful, String lying) {
    String truthfulWord() {
      return word(truthful);
    }

    String lyingWord() {
      return word(lying);
    }

    private static String word(String withArticle) {
      return withArticle.substring(withArticle.indexOf(' ') + 1);
    }
  }

  private static final List<Roles> ROLES =
      List.of(
          new Roles("a knight", "a knave"),
          new Roles("a pioneer", "a laggard"),
          new Roles("a saint", "a sinner"),
          new Roles("a hero", "a villain"),
          new Roles("an angel", "a devil"),
          new Roles("an altruist", "an egoist"),
          new Roles("a sage", "a fool"));

  private static final Set<String> ROLE_WORDS =
      ROLES.stream()
          .flatMap(roles -> Stream.of(roles.truthfulWord(), roles.lyingWord()))
          .collect(Collectors.toUnmodifiableSet());

  /** Arguments: who says it, and what. */
  private static final List<String> SAYINGS =
      List.of(
          "%1$s said that %2$s.",
          "%1$s told you that %2$s.",
          "%1$s said, \"%2$s.\"",
          "%1$s stated, \"%2$s\".",
          "According to %1$s, \"%2$s\".",
          "In %1$s's words: \"%2$s\".",
          "%1$s remarked, \"%2$s\".",
          "\"%2$s,\" %1$s declared.",
          "%1$s was heard saying, \"%2$s\".",
          "%1$s expressed that %2$s.",
          "\"%2$s\" - %1$s.",
          "As %1$s put it, \"%2$s\".",
          "%1$s asserted: \"%2$s\".",
          "\"%2$s,\" %1$s mentioned.",
          "%1$s commented, \"%2$s\".",
          "In a statement by %1$s: \"%2$s\".",
          "%1$s noted, \"%2$s\".",
          "\"%2$s,\" %1$s claimed.");

  private final Config config;

  private KnightsKnaves(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(int people, int depth, int width) {
    static Config of(FieldValues values) {
      return new Config(
          values.count("n_people", 1, MOST_PEOPLE),
          values.count("depth_constraint", 1, MOST_DEPTH),
          values.count("width_constraint", 1, MOST_WIDTH));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    NumpyGenerator statements = new NumpyGenerator(random.randint(BigInteger.ZERO, LARGEST_SEED));
    Riddle riddle =
        new IslandStatements(statements, config.people, config.depth, config.width)
            .draw()
            .orElseThrow(() -> cannotGenerate(index, "no statements with exactly one solution"));
    NumpyGenerator words = new NumpyGenerator(random.randint(BigInteger.ZERO, LARGEST_SEED));
    List<String> names = words.choiceWithoutReplacement(NAMES, config.people);
    Roles roles = words.choice(ROLES);
    List<String> sayings = new ArrayList<>();
    List<String> solution = new ArrayList<>();
    List<String> form = new ArrayList<>();
    for (int person = 0; person < config.people; person++) {
      String name = names.get(person);
      String content = riddle.statements().get(person).text(names, roles.truthful, roles.lying);
      sayings.add(words.choice(SAYINGS).formatted(name, content));
      boolean truthful = (riddle.truthful() >> person & 1) == 1;
      solution.add(name + " is " + (truthful ? roles.truthful : roles.lying));
      form.add(name + " is a " + roles.truthfulWord() + "/" + roles.lyingWord());
    }
    String question =
        "A very special island is inhabited only by %ss and %ss. "
                .formatted(roles.truthfulWord(), roles.lyingWord())
            + "%ss always tell the truth, and %ss always lie. "
                .formatted(capitalized(roles.truthfulWord()), roles.lyingWord())
            + "You meet %d inhabitants: %s. ".formatted(config.people, enumerated(names))
            + String.join(" ", sayings)
            + " So who is %s and who is %s?".formatted(roles.truthful, roles.lying)
            + " (Format your answer like: \"%s\")"
                .formatted(config.people > 1 ? enumerated(form) : form.get(0));
    return problem(
        index, question, enumerated(solution) + ".", metadata(index, riddle, names, roles));
  }

  /** As in the original, "and" stands before a single element too. */
  private static String enumerated(List<String> elements) {
    int last = elements.size() - 1;
    return String.join(", ", elements.subList(0, last)) + ", and " + elements.get(last);
  }

  private static String capitalized(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private ObjectNode metadata(int index, Riddle riddle, List<String> names, Roles roles) {
    ObjectNode metadata = metadata(index);
    ArrayNode statements = metadata.putArray("statements");
    riddle.statements().forEach(statement -> statements.add(statement.toJson()));
    ArrayNode solution = metadata.putArray("solution");
    for (int person = 0; person < config.people; person++) {
      solution.add((riddle.truthful() >> person & 1) == 1);
    }
    ArrayNode nameList = metadata.putArray("names");
    names.forEach(nameList::add);
    metadata
        .putObject("knight_knave_terms")
        .put("knight", roles.truthfulWord())
        .put("knave", roles.lyingWord())
        .put("a_knight", roles.truthful)
        .put("a_knave", roles.lying)
        .put("Knight", capitalized(roles.truthfulWord()))
        .put("Knave", capitalized(roles.lyingWord()));
    metadata
        .putObject("difficulty")
        .put("n_people", config.people)
        .put("depth_constraint", config.depth)
        .put("width_constraint", config.width);
    return metadata;
  }

  /** A name and a role. */
  private record Claim(String name, String role) {}

  /**
   * Compares who is said to be what: 1 if all agree; 0.3 and a share of 0.7 if as many are named
   * and some agree.
   */
  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    if (answer.isEmpty() || answer.get().isEmpty() || problem.answer().isEmpty()) {
      return Verdict.Scored.of(0.0);
    }
    Set<Claim> right = claims(problem.answer().get());
    Set<Claim> given = claims(answer.get());
    if (right.equals(given)) {
      return Verdict.Scored.of(1.0);
    }
    long matching = given.stream().filter(right::contains).count();
    if (right.size() != given.size() || matching == 0) {
      return Verdict.Scored.of(0.0);
    }
    return Verdict.Scored.of(PARTIAL_BASE + PARTIAL_SHARE * matching / right.size());
  }

  /** Every role word belongs to the last other word before it. */
  private static Set<Claim> claims(String text) {
    String plain = PythonText.strip(PythonCase.lower(text));
    plain = plain.replace('.', ' ').replace(',', ' ').replace(')', ' ').replace('(', ' ');
    plain = plain.replace(" and ", " ");
    Set<Claim> claims = new HashSet<>();
    Optional<String> name = Optional.empty();
    for (String word : PythonText.words(plain)) {
      if (ROLE_WORDS.contains(word)) {
        name.ifPresent(claimant -> claims.add(new Claim(claimant, word)));
        name = Optional.empty();
      } else if (!word.equals("is") && !word.equals("a") && !word.equals("an")) {
        name = Optional.of(word);
      }
    }
    return claims;
  }
}
