package io.amalgam.verifiers.task.graphs;

import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A family of three generations, and the story that tells who is who. */
final class Family {
  /** From this size on there is a mother; smaller families have no couple with children. */
  private static final int WITH_MOTHER = 4;

  private static final int WITH_MATERNAL_GRANDPARENTS = 7;
  private static final int WITH_UNCLE = 9;
  private static final int WITH_AUNT = 11;

  private final PythonRandom random;
  private final List<String> maleNames;
  private final List<String> femaleNames;
  private final Set<String> usedNames = new HashSet<>();

  /** In the order of their ids. */
  private final List<FamilyMember> members = new ArrayList<>();

  /** Couples who may have children. */
  private final List<List<FamilyMember>> couples = new ArrayList<>();

  /** Draws a family; it is smaller than asked for if the names of a drawn sex run out. */
  Family(PythonRandom random, int size, List<String> maleNames, List<String> femaleNames) {
    this.random = random;
    this.maleNames = maleNames;
    this.femaleNames = femaleNames;
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
      Optional<String> name = unusedName(female);
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
    FamilyMember member = new FamilyMember(members.size(), unusedName(female), female);
    members.add(member);
    return member;
  }

  private Optional<String> unusedName(boolean female) {
    List<String> free =
        (female ? femaleNames : maleNames)
            .stream().filter(name -> !usedNames.contains(name)).toList();
    if (free.isEmpty()) {
      return Optional.empty();
    }
    String name = random.choice(free);
    usedNames.add(name);
    return Optional.of(name);
  }

  List<FamilyMember> members() {
    return List.copyOf(members);
  }

  /** Marriages and children, in the order in which Python iterates the set of couples. */
  String story() {
    PythonSet<List<Integer>> pairs = new PythonSet<>();
    for (FamilyMember member : members) {
      int spouse = member.spouse().map(FamilyMember::id).orElse(-1);
      if (spouse >= 0 && !pairs.contains(List.of(spouse, member.id()))) {
        pairs.add(List.of(member.id(), spouse));
      }
    }
    List<String> sentences = new ArrayList<>();
    for (List<Integer> pair : pairs) {
      FamilyMember first = members.get(pair.get(0));
      FamilyMember second = members.get(pair.get(1));
      sentences.add(first.writtenName() + " is married to " + second.writtenName() + ".");
      List<String> children = first.children().stream().map(FamilyMember::writtenName).toList();
      int last = children.size() - 1;
      if (last == 0) {
        sentences.add("They have a child called " + children.get(0) + ".");
      } else if (last > 0) {
        sentences.add(
            "They have children called "
                + String.join(", ", children.subList(0, last))
                + " and "
                + children.get(last)
                + ".");
      }
    }
    return String.join(" ", sentences);
  }
}
