package io.amalgam.verifiers.task.graphs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One person of a family while it grows. Two persons are equal if they are the same object. */
final class FamilyMember {
  private final int id;
  private final Optional<String> name;
  private final boolean female;
  private final List<FamilyMember> parents = new ArrayList<>();
  private final List<FamilyMember> children = new ArrayList<>();
  private Optional<FamilyMember> spouse = Optional.empty();

  /**
   * A person without relatives.
   *
   * @param name empty if the names ran out
   */
  FamilyMember(int id, Optional<String> name, boolean female) {
    this.id = id;
    this.name = name;
    this.female = female;
  }

  int id() {
    return id;
  }

  Optional<String> name() {
    return name;
  }

  /** The name as the story writes it. */
  String writtenName() {
    return name.orElse("None");
  }

  List<FamilyMember> children() {
    return children;
  }

  Optional<FamilyMember> spouse() {
    return spouse;
  }

  void marry(FamilyMember other) {
    spouse = Optional.of(other);
    other.spouse = Optional.of(this);
  }

  void addChild(FamilyMember child) {
    children.add(child);
    child.parents.add(this);
  }

  /**
   * What this person is to another one, by the first rule that applies, or empty.
   *
   * <p>As in the original, niece, nephew and the parents-in-law go by the other person's sex and,
   * for the latter two, name what the other person is.
   */
  Optional<String> relationTo(FamilyMember other) {
    if (other.parents.contains(this)) {
      return Optional.of(female ? "mother" : "father");
    }
    if (parents.contains(other)) {
      return Optional.of(female ? "daughter" : "son");
    }
    if (spouse.isPresent() && spouse.get() == other) {
      return Optional.of(female ? "wife" : "husband");
    }
    if (!parents.isEmpty() && hasSameParentsAs(other)) {
      return Optional.of(female ? "sister" : "brother");
    }
    if (other.hasGrandparentIn(List.of(this))) {
      return Optional.of(female ? "grandmother" : "grandfather");
    }
    if (other.hasGrandparentIn(parents)) {
      return Optional.of(female ? "aunt" : "uncle");
    }
    if (hasGrandparentIn(other.parents)) {
      return Optional.of(other.female ? "niece" : "nephew");
    }
    if (spouse.isPresent() && spouse.get().parents.contains(other)) {
      return Optional.of(other.female ? "mother-in-law" : "father-in-law");
    }
    return Optional.empty();
  }

  /**
   * Nobody stands twice among the parents, so lists of one length with the same persons suffice.
   */
  private boolean hasSameParentsAs(FamilyMember other) {
    return parents.size() == other.parents.size() && parents.containsAll(other.parents);
  }

  private boolean hasGrandparentIn(List<FamilyMember> persons) {
    for (FamilyMember parent : parents) {
      for (FamilyMember grandparent : parent.parents) {
        if (persons.contains(grandparent)) {
          return true;
        }
      }
    }
    return false;
  }
}
