package io.amalgam.policy.text.jinja;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names that one scope of a template reads and assigns, noted while it is parsed.
 *
 * <p>Jinja gives every name its place when it compiles. A name that a scope assigns before it reads
 * it, under no condition, and that no scope around it uses belongs to that scope from the start:
 * until it is assigned it is undefined, for the scopes inside too, whatever the template was given
 * under that name.
 */
final class ScopeNames {
  private final @Nullable ScopeNames outer;
  private final List<ScopeNames> inner = new ArrayList<>();

  /** For each name whether its first use here assigns it for certain. */
  private final Map<String, Boolean> assignedFirst = new HashMap<>();

  private int conditions;
  private List<String> unset = List.of();

  private ScopeNames(@Nullable ScopeNames outer) {
    this.outer = outer;
  }

  /** The scope of a whole template. */
  static ScopeNames ofTemplate() {
    return new ScopeNames(null);
  }

  /** A scope inside this one. */
  ScopeNames inner() {
    return noted(new ScopeNames(this));
  }

  /** A scope within the text of this one that does not see its names: that of a block. */
  ScopeNames apart() {
    return noted(new ScopeNames(null));
  }

  private ScopeNames noted(ScopeNames scope) {
    inner.add(scope);
    return scope;
  }

  void read(String name) {
    assignedFirst.putIfAbsent(name, false);
  }

  void assign(String name) {
    assignedFirst.putIfAbsent(name, conditions == 0);
  }

  /** Notes a name that has a value as soon as the scope is entered. */
  void parameter(String name) {
    assignedFirst.put(name, false);
  }

  /** What follows, up to {@link #endCondition}, may not be run. */
  void beginCondition() {
    conditions++;
  }

  void endCondition() {
    conditions--;
  }

  /** To be called once, on the scope of the template, when all of it is parsed. */
  void settle() {
    unset =
        assignedFirst.entrySet().stream()
            .filter(use -> use.getValue() && !usedAround(use.getKey()))
            .map(Map.Entry::getKey)
            .toList();
    inner.forEach(ScopeNames::settle);
  }

  private boolean usedAround(String name) {
    for (ScopeNames scope = outer; scope != null; scope = scope.outer) {
      if (scope.assignedFirst.containsKey(name)) {
        return true;
      }
    }
    return false;
  }

  /** The names without a value when the scope is entered. */
  List<String> unset() {
    return unset;
  }
}
