package io.amalgam.verifiers.task.algorithmic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonFloat;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonRepr;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import java.util.ArrayList;
import java.util.List;

/** The numbers of a list that lie above or below a bound. */
public final class NumberFiltering extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("number_filtering", "algorithmic")
          .integer("min_numbers", 3)
          .integer("max_numbers", 10)
          .integer("min_decimals", 0)
          .integer("max_decimals", 4)
          .number("min_value", -100.0)
          .number("max_value", 100.0)
          .madeBy(NumberFiltering::new);

  private static final List<Boolean> EITHER = List.of(true, false);

  private final DecimalDraw draw;

  private NumberFiltering(TaskSetup setup) {
    super(setup);
    draw = DecimalDraw.of(setup.values());
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int count = draw.numbers().draw(random);
    List<String> texts = new ArrayList<>(count);
    double[] numbers = new double[count];
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      double drawn = draw.value(random);
      texts.add(PythonFloat.fixed(drawn, draw.decimals().draw(random)));
      numbers[i] = read(texts.get(i));
      least = Math.min(least, numbers[i]);
      greatest = Math.max(greatest, numbers[i]);
    }
    double drawn = random.uniform(least, greatest);
    String boundText = PythonFloat.fixed(drawn, draw.decimals().draw(random));
    double bound = read(boundText);
    boolean larger = random.choice(EITHER);
    boolean keep = random.choice(EITHER);
    List<String> result = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean fits = larger ? numbers[i] > bound : numbers[i] < bound;
      if (fits == keep) {
        result.add(texts.get(firstEqual(numbers, i)));
      }
    }
    String side = larger ? "larger" : "smaller";
    ObjectNode metadata = metadata(index);
    texts(metadata.putArray("original_numbers"), texts);
    metadata.put("filter_value", boundText);
    metadata.put("operation", (keep ? "keep_" : "remove_") + side);
    texts(metadata.putArray("result"), result);
    metadata.put("numbers", count);
    metadata.set("difficulty", draw.difficulty());
    String question =
        (keep ? "Keep" : "Remove")
            + (" all numbers " + side + " than " + boundText)
            + (" in this list: " + PythonRepr.ofStrings(texts))
            + "\nReturn the new list in the same format.";
    return problem(index, question, PythonRepr.ofStrings(result), metadata);
  }

  private static void texts(ArrayNode list, List<String> texts) {
    texts.forEach(list::add);
  }

  private static double read(String text) {
    return PythonFloat.parse(text).orElseThrow();
  }

  /** Equal numbers written differently are all shown like the first of them. */
  private static int firstEqual(double[] numbers, int i) {
    int first = 0;
    while (numbers[first] != numbers[i]) {
      first++;
    }
    return first;
  }
}
