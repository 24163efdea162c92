package io.amalgam.verifiers.task.code;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.Fidelity;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskData;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import java.util.List;

/**
 * The output of a compiled Brainfuck program: a word, or a number that a loop counts up.
 *
 * <p>Words are drawn from the file {@code wordle_words.txt}, one on each line. Amalgam brings words
 * of its own; with the original's list in a data directory, the programs are the original's.
 */
public final class Bf extends ProceduralTask {
  private static final String WORDS = "wordle_words.txt";

  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("bf", "code")
          .integer("difficulty", 1)
          .data(WORDS)
          .fidelity(
              Fidelity.COMPLETE,
              "question, answer, metadata and scores equal the original's at difficulty 2 and 3;"
                  + " at difficulty 1 if the data directory holds its words in "
                  + WORDS)
          .madeBy(Bf::new);

  private static final int WORD = 1;
  private static final int COUNT = 2;
  private static final int MAX_DIFFICULTY = 3;

  /** Cells hold one byte. */
  private static final int CELL = 256;

  /** A loop whose counter has run through all values as often as this will not end. */
  private static final int MAX_PASSES = CELL * CELL;

  private static final int TOTAL = 1;
  private static final int TARGET = 2;
  private static final int X = 3;
  private static final int Y = 4;

  private static final List<String> TEMPLATES =
      List.of(
          "This is a BF (Brainf*ck) computer program. What is the output?\n\n{bf_program}\n\n"
              + "Respond only with the exact output of the program.",
          "Consider the following BF (Brainf*ck) code. What would it output?\n\n{bf_program}\n\n"
              + "Provide only the exact output of the code.");

  private final int difficulty;

  private Bf(TaskSetup setup) {
    super(setup);
    difficulty = setup.values().count("difficulty", 1, MAX_DIFFICULTY);
  }

  private record WordList(List<String> words) {
    static WordList of(TaskData data) {
      return new WordList(data.lines(WORDS).stream().filter(word -> !word.isBlank()).toList());
    }
  }

  /** A program in the source language and compiled, and what it prints. */
  private record Program(String source, String compiled, String output) {}

  @Override
  protected Problem generate(PythonRandom random, int index) {
    Program program;
    if (difficulty == WORD) {
      program = printing(random.choice(data().parsed(WordList.class, WordList::of).words));
    } else {
      program = difficulty == COUNT ? counting(random) : countingFaster(random, index);
    }
    ObjectNode metadata = metadata(index);
    metadata.put("bfit_code", program.source).put("bf_program", program.compiled);
    metadata.putObject("difficulty").put("difficulty", difficulty);
    String question = random.choice(TEMPLATES).replace("{bf_program}", program.compiled);
    return problem(index, question, program.output, metadata);
  }

  private static String source(String... lines) {
    return "\nint main() {\n    " + String.join("\n    ", lines) + "\n}\n";
  }

  private static Program printing(String word) {
    return new Program(
        source("print(\"" + word + "\");"), new BrainfuckProgram(0).print(word).end(), word);
  }

  private static Program counting(PythonRandom random) {
    int x = random.randint(1, 4);
    int y = random.randint(1, 5);
    int target = x * y * random.randint(1, 9) + random.randint(1, 9);
    String source =
        source(
            "int acc = 0;",
            "int target = " + target + ";",
            "int x = " + x + ";",
            "int y = " + y + ";",
            "while (acc < target) {",
            "    acc = acc + x;",
            "    acc = acc + y;",
            "}",
            "printint(acc);");
    BrainfuckProgram program = start(target, x, y);
    addToTotal(addToTotal(program, X), Y);
    int step = x + y;
    int total = (target + step - 1) / step * step;
    return new Program(source, finish(program), Integer.toString(total));
  }

  private Program countingFaster(PythonRandom random, int index) {
    int x = random.randint(1, 7);
    int y = random.randint(1, 9);
    int target = x * y * random.randint(1, 9) + random.randint(1, 9) + 50;
    int threshold = target - random.randint(1, 40);
    String source =
        source(
            "int acc = 0;",
            "int target = " + target + ";",
            "int x = " + x + ";",
            "int y = " + y + ";",
            "while (acc < target) {",
            "    acc = acc + x;",
            "    if (acc > " + threshold + ") {",
            "        acc = acc + y;",
            "    }",
            "}",
            "printint(acc);");
    BrainfuckProgram program = addToTotal(start(target, x, y), X);
    program.load(TOTAL).number(threshold).greater().startIf();
    addToTotal(program, Y).endIf();
    int total = 0;
    for (int pass = 0; total < target % CELL; pass++) {
      if (pass == MAX_PASSES) {
        throw cannotGenerate(index, "the program never ends");
      }
      total = (total + x) % CELL;
      if (total > threshold % CELL) {
        total = (total + y) % CELL;
      }
    }
    return new Program(source, finish(program), Integer.toString(total));
  }

  private static BrainfuckProgram start(int target, int x, int y) {
    BrainfuckProgram program = new BrainfuckProgram(Y);
    program.number(0).store(TOTAL).number(target).store(TARGET);
    program.number(x).store(X).number(y).store(Y);
    return program.load(TOTAL).load(TARGET).less().startWhile();
  }

  private static BrainfuckProgram addToTotal(BrainfuckProgram program, int variable) {
    return program.load(TOTAL).load(variable).add().store(TOTAL);
  }

  private static String finish(BrainfuckProgram program) {
    return program.load(TOTAL).load(TARGET).less().endWhile().printDecimal(TOTAL).end();
  }
}
