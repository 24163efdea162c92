package io.amalgam.verifiers.task.graphs;

import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A family of three generations, and the story that tells who is who. */
final class Family {
  /** From this size on there is a mother; smaller families have no couple with children. */
  private static final int WITH_MOTHER = 4;

  private static final int WITH_MATERNAL_GRANDPARENTS = 7;
  private static final int WITH_UNCLE = 9;
  private static final int WITH_AUNT = 11;

  private final PythonRandom random;
  private final FamilyNames.Free freeNames;

  /** In the order of their ids. */
  private final List<FamilyMember> members = new ArrayList<>();

  /** Couples who may have children. */
  private final List<List<FamilyMember>> couples = new ArrayList<>();

  /** Draws a family; it is smaller than asked for if the names of a drawn sex run out. */
  Family(PythonRandom random, int size, FamilyNames names) {
    this.random = random;
    freeNames = names.free();
    List<FamilyMember> paternal = couple(false);
    List<FamilyMember> maternal = size >= WITH_MATERNAL_GRANDPARENTS ? couple(false) : List.of();
    FamilyMember father = add(false);
    paternal.forEach(parent -> parent.addChild(father));
    if (size >= WITH_MOTHER) {
      FamilyMember mother = add(true);
      father.marry(mother);
      maternal.forEach(parent -> parent.addChild(mother));
      couples.add(List.of(father, mother));
    }
    if (size >= WITH_UNCLE) {
      addMarriedSibling(paternal, false);
    }
    if (size >= WITH_AUNT) {
      addMarriedSibling(paternal, true);
    }
    addChildren(size);
  }

  private void addMarriedSibling(List<FamilyMember> parents, boolean female) {
    List<FamilyMember> couple = couple(female);
    parents.forEach(parent -> parent.addChild(couple.get(0)));
    couples.add(couple);
  }

  private void addChildren(int size) {
    while (members.size() < size) {
      boolean female = random.choice(List.of(false, true));
      Optional<String> name = freeNames.draw(random, female);
      // An empty name counts as none, as in the original.
      if (name.filter(text -> !text.isEmpty()).isEmpty()) {
        return;
      }
      FamilyMember child = new FamilyMember(members.size(), name, female);
      random.choice(couples).forEach(parent -> parent.addChild(child));
      members.add(child);
    }
  }

  private List<FamilyMember> couple(boolean firstIsFemale) {
    FamilyMember first = add(firstIsFemale);
    FamilyMember second = add(!firstIsFemale);
    first.marry(second);
    return List.of(first, second);
  }

  private FamilyMember add(boolean female) {
    FamilyMember member = new FamilyMember(members.size(), freeNames.draw(random, female), female);
    members.add(member);
    return member;
  }

  /** In the order of their ids. */
  List<FamilyMember> members() {
    return Collections.unmodifiableList(members);
  }

  /** Marriages and children, in the order in which Python iterates the set of couples. */
  String story() {
    StringBuilder story = new StringBuilder();
    for (List<Integer> pair : marriages()) {
      FamilyMember first = members.get(pair.get(0));
      FamilyMember second = members.get(pair.get(1));
      story
          .append(story.isEmpty() ? "" : " ")
          .append(first.writtenName())
          .append(" is married to ")
          .append(second.writtenName())
          .append('.');
      appendChildren(story, first.children());
    }
    return story.toString();
  }

  /** The ids of the couples, the lower one first. */
  private PythonSet<List<Integer>> marriages() {
    PythonSet<List<Integer>> pairs = new PythonSet<>();
    for (FamilyMember member : members) {
      member
          .spouse()
          .map(FamilyMember::id)
          .filter(spouse -> spouse > member.id())
          .ifPresent(spouse -> pairs.add(List.of(member.id(), spouse)));
    }
    return pairs;
  }

  private static void appendChildren(StringBuilder story, List<FamilyMember> children) {
    int last = children.size() - 1;
    if (last < 0) {
      return;
    }
    story.append(last == 0 ? " They have a child called " : " They have children called ");
    for (int i = 0; i <= last; i++) {
      story.append(i == 0 ? "" : i < last ? ", " : " and ").append(children.get(i).writtenName());
    }
    story.append('.');
  }
}
