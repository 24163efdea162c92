package io.amalgam.verifiers.task.arc;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All rules by name, in the order that the task chooses from. */
final class RowRules {
  private static final int LONGEST_MOVE = 4;
  private static final Map<String, RowRule> RULES = rules();
  private static final List<String> NAMES = List.copyOf(RULES.keySet());

  private RowRules() {}

  /** The names of all rules. */
  static List<String> names() {
    return NAMES;
  }

  /** A rule by name. */
  static RowRule named(String name) {
    RowRule rule = RULES.get(name);
    if (rule == null) {
      throw new IllegalArgumentException("no rule " + name);
    }
    return rule;
  }

  private static Map<String, RowRule> rules() {
    Map<String, RowRule> rules = new LinkedHashMap<>();
    addMoves(rules);
    addGravity(rules);
    rules.put("block_touch_dot", DotRules.touch());
    for (int steps = 1; steps <= LONGEST_MOVE; steps++) {
      rules.put("block_touch_dot_" + steps + "pix", DotRules.approach(steps));
    }
    rules.put("block_scale_to_dot", DotRules.grow());
    rules.put("block_and_noise_remove", NoiseRules::removeOutside);
    rules.put("block_and_noise_remove_inside", NoiseRules::removeInside);
    rules.put("move_block_by_own_size", MovingRules::moveByOwnLength);
    RowRule connect = DotRules::connect;
    rules.put("two_points_and_fill", connect);
    rules.put("two_points_and_fill_inv", connect.inverse());
    rules.put("copy_block_to_dots", MovingRules.copyToDots(false));
    rules.put("copy_block_to_dots_colors", MovingRules.copyToDots(true));
    rules.put("repeat_pattern_full", MovingRules::repeatPattern);
    rules.put("reflect_block_with_border_pixel", MovingRules::reflectMarkedBlock);
    rules.put("reflect_block_random", MovingRules::reflectColorfulBlock);
    rules.put("reflect_block_around_dot", MovingRules::reflectAtDot);
    rules.put("paint_biggest_block", BlockRules::paintLongest);
    rules.put("recolor_blocks_by_size", BlockRules::recolorByLength);
    rules.put("change_to_five", GravityRules::changeToFive);
    rules.put("recolor_blocks_from_palette", BlockRules::recolorFromPalette);
    rules.put("color_left_half_blocks", BlockRules::colorLeftHalves);
    rules.put("sort_blocks_by_size", BlockRules::sortByLength);
    rules.put("sort_complete_sequence", MovingRules::sortCompleteSequence);
    rules.put("duplicate_block_from_seeds", FillingRules::duplicateFromSeeds);
    rules.put("fill_from_pixel", FillingRules::fillFromPixel);
    rules.put("fill_until_collision", FillingRules::fillUntilCollision);
    rules.put("mark_size_two_blocks", BlockRules::markPairs);
    return Collections.unmodifiableMap(rules);
  }

  /** Moves of one to four cells: straight before wrapped, right before left, solid first. */
  private static void addMoves(Map<String, RowRule> rules) {
    for (String course : List.of("", "_wrapped")) {
      for (String direction : List.of("_right", "_left")) {
        for (String colors : List.of("_solid", "_colorful")) {
          for (int steps = 1; steps <= LONGEST_MOVE; steps++) {
            boolean solid = colors.equals("_solid");
            RowRule rule =
                course.isEmpty()
                    ? MovingRules.move(steps, solid)
                    : MovingRules.moveWrapped(steps, solid);
            rules.put(
                "move_" + steps + "pix" + colors + course + direction,
                direction.equals("_right") ? rule : rule.mirrored());
          }
        }
      }
    }
  }

  /** The original calls falling to the left "right", and its mirror image "left". */
  private static void addGravity(Map<String, RowRule> rules) {
    Map<String, RowRule> gravity = new LinkedHashMap<>();
    gravity.put("gravity", GravityRules::fall);
    gravity.put("gravity_counting", GravityRules::count);
    gravity.put("gravity_antigravity", GravityRules::fallApart);
    gravity.put("gravity_one_step", GravityRules::fallOneStep);
    gravity.put("gravity_weighted_colors", GravityRules::fallByWeight);
    gravity.forEach((name, rule) -> rules.put(name + "_right", rule));
    gravity.forEach((name, rule) -> rules.put(name + "_left", rule.mirrored()));
  }
}
