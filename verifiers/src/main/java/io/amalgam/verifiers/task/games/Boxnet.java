package io.amalgam.verifiers.task.games;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.python.PythonJson;
import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.FieldValues;
import io.amalgam.verifiers.task.JsonValues;
import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.ProceduralTask;
import io.amalgam.verifiers.task.TaskFamily;
import io.amalgam.verifiers.task.TaskSetup;
import io.amalgam.verifiers.task.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * A plan by which agents on a field bring coloured boxes to their targets.
 *
 * <p>The share of boxes that the plan brings home is earned, at least 0.05 for any plan that is
 * JSON; JSON of another shape cannot be scored. Source of the task: Chen et al., "Scalable
 * Multi-Robot Collaboration with Large Language Models", arXiv 2309.15943.
 */
public final class Boxnet extends ProceduralTask {
  /** The catalogue's entry. */
  public static final TaskFamily FAMILY =
      TaskFamily.named("boxnet", "games")
          .integer("min_row_num", 1)
          .integer("max_row_num", 4)
          .integer("min_column_num", 2)
          .integer("max_column_num", 4)
          .integer("min_box_num", 1)
          .integer("max_box_num", 1)
          .texts("colour_list", "red", "blue", "green")
          .madeBy(Boxnet::new);

  private static final int LONGEST_SIDE = 1000;
  private static final int MOST_BOXES = 100_000;
  private static final double LEAST = 0.05;

  private static final String QUESTION =
      """

      You are a central planner tasked with directing agents in a grid-like field to move colored boxes to their corresponding color-coded targets.
      Each agent occupies a 1x1 square and can only interact with objects within its square. Agents can move a box to an adjacent square or
      directly to a target square of the same color. A square may contain multiple boxes and targets. The squares are identified by their center
      coordinates (e.g., square[0.5, 0.5]). Actions are formatted as: move(box_color, destination), where box_color is the color of the box and
      destination is either a target of the same color or an adjacent square. Your objective is to create a sequence of action plans that instructs
      each agent to match all boxes to their color-coded targets in the most efficient manner.

      Please adhere to the following rules when specifying your action plan:
      1. Single Action per Agent: Assign only one action to each agent at a time. However, the final answer shoule be a list of action plans for multiple steps.
      2. Unique Agent Keys: Use unique keys for each agent in the JSON format action plan. The key should be the agent's coordinates in the format "Agent[x, y]".
      3. Prioritize Matching Boxes to Targets: Always prioritize actions that will match a box to its target over moving a box to an adjacent square.
      4. Sequential Action Planning: The whole returned answer should be a list of action plans for multiple steps, do not just return one step plan.
      5. Clear Formatting: Ensure the action plan is clearly formatted in JSON, with each agent's action specified as a key-value pair.
      6. Conflict Resolution: Ensure that no two agents are assigned actions that would interfere with each other.
      7. Optimize Efficiency: Aim to minimize the number of moves required to match all boxes with their targets.

      Here is the format for your action plan:
      Please provide your final answer as a list of action dictionaries.
      For example:
      ```json
      [{"Agent[0.5, 0.5]":"move(box_blue, square[0.5, 1.5])", "Agent[1.5, 0.5]":"move(box_red, target_red)"}, {"Agent[0.5, 1.5]":"move(box_blue, target_blue)", "Agent[2.5, 0.5]":"move...}, {...}...]
      ```
      Include an agent in the action plan only if it has a task to perform next.


      The current left boxes and agents are:\s""";

  private final Config config;

  private Boxnet(TaskSetup setup) {
    super(setup);
    config = Config.of(setup.values());
  }

  private record Config(
      int minRows,
      int maxRows,
      int minColumns,
      int maxColumns,
      int minBoxes,
      int maxBoxes,
      List<String> colours) {
    static Config of(FieldValues values) {
      int minBoxes = values.count("min_box_num", 1, MOST_BOXES);
      values.requireAtLeast("max_box_num", "min_box_num");
      // As in the original, crossed ranges of rows and columns fail only when a problem is drawn.
      return new Config(
          values.count("min_row_num", 1, LONGEST_SIDE),
          values.count("max_row_num", 1, LONGEST_SIDE),
          values.count("min_column_num", 1, LONGEST_SIDE),
          values.count("max_column_num", 1, LONGEST_SIDE),
          minBoxes,
          values.count("max_box_num", 1, MOST_BOXES),
          values.anyTexts("colour_list"));
    }
  }

  @Override
  protected Problem generate(PythonRandom random, int index) {
    int rows = random.randint(config.minRows, config.maxRows);
    int columns = random.randint(config.minColumns, config.maxColumns);
    BoxField field =
        BoxField.draw(random, rows, columns, config.colours, config.minBoxes, config.maxBoxes);
    ObjectNode metadata = metadata(index);
    metadata.put("row_num", rows);
    metadata.put("column_num", columns);
    metadata.set("initial_state", field.json());
    ObjectNode difficulty = metadata.putObject("difficulty");
    difficulty.set("row_num", JsonValues.range(config.minRows, config.maxRows));
    difficulty.set("column_num", JsonValues.range(config.minColumns, config.maxColumns));
    difficulty.set("box_num", JsonValues.range(config.minBoxes, config.maxBoxes));
    return problem(index, QUESTION + field.describe(columns) + "\n", metadata);
  }

  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    Optional<JsonNode> plan = answer.flatMap(PythonJson::parse);
    if (plan.isEmpty()) {
      return Verdict.Scored.of(0.0);
    }
    BoxField field = BoxField.of(problem.metadata().get("initial_state"));
    int boxes = field.boxes();
    try {
      BoxPlan.carryOut(plan.get(), field);
    } catch (MalformedPlanException e) {
      return new Verdict.Invalid(String.valueOf(e.getMessage()));
    }
    if (boxes == 0) {
      return new Verdict.Invalid("the problem has no boxes");
    }
    return Verdict.Scored.of(Math.max(LEAST, (double) (boxes - field.boxes()) / boxes));
  }
}
