package io.amalgam.verifiers.task.logic;

import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.task.logic.Characteristic.Trait;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Draws who lives where and as few clues as determine it. Traits are numbered through. */
final class ZebraPuzzle {
  private static final int TENTH = 10;
  private static final int TWENTIETH = 20;

  /** How many superfluous clues the original picks as hints, which nothing shows. */
  private static final int MOST_HINTS = 30;

  private final PythonRandom random;
  private final int people;
  private final List<Characteristic> characteristics;
  private final int[] houses;
  private final ZebraSolver solver;
  private List<ZebraClue> clues;

  ZebraPuzzle(PythonRandom random, int people, int characteristicCount) {
    this.random = random;
    this.people = people;
    List<Characteristic> others = new ArrayList<>(List.of(Characteristic.values()));
    others.remove(Characteristic.NAME);
    random.shuffle(others);
    characteristics = new ArrayList<>(List.of(Characteristic.NAME));
    characteristics.addAll(others.subList(0, characteristicCount - 1));
    houses = new int[people * characteristicCount];
    List<Integer> order = new ArrayList<>(IntStream.range(0, people).boxed().toList());
    for (int c = 0; c < characteristicCount; c++) {
      random.shuffle(order);
      for (int i = 0; i < people; i++) {
        houses[c * people + i] = order.get(i);
      }
    }
    solver = new ZebraSolver(people, houses);
    clues = List.of();
    // The original writes the puzzle out before it has clues; the draws count.
    text();
    clues = allClues();
    int all = clues.size();
    reduce();
    random.sample(
        IntStream.range(0, all - clues.size()).boxed().toList(),
        Math.min(all - clues.size(), MOST_HINTS));
    drawChoices();
    text();
  }

  /** The original makes a multiple-choice question of every cell; only the first is used. */
  private void drawChoices() {
    for (int i = 0; i < houses.length; i++) {
      random.shuffle(new ArrayList<>(IntStream.range(0, people).boxed().toList()));
    }
  }

  private Trait trait(int number) {
    return characteristics.get(number / people).traits().get(number % people);
  }

  private String phrase(int number) {
    return trait(number).phrase();
  }

  private List<ZebraClue> allClues() {
    List<ZebraClue> all = new ArrayList<>();
    for (int trait = 0; trait < houses.length; trait++) {
      all.add(ZebraClue.foundAt(trait, phrase(trait), houses[trait]));
    }
    for (int first = 0; first < houses.length; first++) {
      for (int second = 0; second < houses.length; second++) {
        if (first != second && houses[first] == houses[second]) {
          all.add(ZebraClue.sameHouse(first, phrase(first), second, phrase(second)));
        }
      }
    }
    for (int house = 0; house + 1 < people; house++) {
      List<Integer> lefts = traitsIn(house);
      List<Integer> rights = traitsIn(house + 1);
      for (int left : lefts) {
        for (int right : rights) {
          all.add(
              random.randint(0, 1) == 0
                  ? ZebraClue.directlyLeft(left, phrase(left), right, phrase(right))
                  : ZebraClue.beside(left, phrase(left), right, phrase(right)));
        }
      }
    }
    all.sort(Comparator.comparing(ZebraClue::text));
    return all;
  }

  /** Sorted by phrase. */
  private List<Integer> traitsIn(int house) {
    return IntStream.range(0, houses.length)
        .filter(trait -> houses[trait] == house)
        .boxed()
        .sorted(Comparator.comparing(this::phrase))
        .toList();
  }

  /** Leaves out a tenth of the clues while possible, then a twentieth, then single ones. */
  private void reduce() {
    // A shuffle of no effect in the original.
    random.sample(clues, clues.size());
    while (leaveOut(clues.size() / TENTH) || leaveOut(clues.size() / TWENTIETH) || leaveOut(1)) {
      continue;
    }
    while (leaveOutEach()) {
      continue;
    }
  }

  /** Draws clues to leave out together; false if they are needed or none was drawn. */
  private boolean leaveOut(int count) {
    double[] weights = clues.stream().mapToDouble(clue -> clue.kind().weight()).toArray();
    Set<ZebraClue> drawn = new HashSet<>(random.choices(clues, weights, count));
    if (drawn.isEmpty()) {
      return false;
    }
    List<ZebraClue> kept = clues.stream().filter(clue -> !drawn.contains(clue)).toList();
    if (!solver.isOnlySolution(kept)) {
      return false;
    }
    clues = kept;
    return true;
  }

  /** Tries every clue in a drawn order; whether one was left out. */
  private boolean leaveOutEach() {
    int before = clues.size();
    for (ZebraClue candidate : random.sample(clues, before)) {
      List<ZebraClue> kept = clues.stream().filter(clue -> clue != candidate).toList();
      if (solver.isOnlySolution(kept)) {
        clues = kept;
      }
    }
    return clues.size() < before;
  }

  /** The puzzle in words; every writing draws new orders. */
  String text() {
    StringBuilder text = new StringBuilder("This is a logic puzzle. There are ");
    text.append(people)
        .append(" houses (numbered 1 on the left, ")
        .append(people)
        .append(
            " on the right), from the perspective of someone standing across the street from them."
                + " Each has a different person in them. They have different characteristics:\n");
    for (Characteristic characteristic : characteristics) {
      List<String> words =
          new ArrayList<>(
              characteristic.traits().subList(0, people).stream().map(Trait::word).toList());
      random.shuffle(words);
      text.append(" - ")
          .append(characteristic.heading())
          .append(": ")
          .append(String.join(", ", words))
          .append('\n');
    }
    text.append('\n');
    List<ZebraClue> shuffled = new ArrayList<>(clues);
    random.shuffle(shuffled);
    for (int i = 0; i < shuffled.size(); i++) {
      text.append(i + 1).append(". ").append(shuffled.get(i).text()).append('\n');
    }
    return text.toString();
  }

  /** The name of the person in the first house. */
  String firstName() {
    return trait(traitsIn(0).stream().filter(trait -> trait < people).findFirst().orElseThrow())
        .word();
  }
}
